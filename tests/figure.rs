//! Figures as real sources print them, each judged by hand: value, unit, hedge, and the two intervals.
//!
//! A row is `language | text | unit | hedge | value | expected | strict`. Numbers take k, M, B and T for the powers 3, 6, 9 and 12 of
//! ten. An interval is `lower..upper`, an open end is left out; `=` repeats what stands before: the value, or the expected interval.
//! A value of `-` is a range's. A hedge may be followed by `estimate`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests")]

use brief::figure::report::Report;
use brief::figure::{Decimal, Figure, Interval, ReadError, read};
use brief::language::Language;

/// The figures of the five articles that the shipped sheets are made from, English and Vietnamese.
const ARTICLES: &str = "
    en | 8 foreign provinces and cities                            | count | exact  | 8      | = | =
    en | the top 10 localities nationwide                          | count | exact  | 10     | = | =
    en | 1,155 FDI projects                                        | count | exact  | 1155   | = | =
    en | with registered capital of nearly 9.98 billion USD        | USD   | nearly | 9.98B  | 9.97B..9.98B | 0..9.98B
    en | from 36 countries and territories                         | count | exact  | 36     | = | =
    en | 588 projects have been put into operation                 | count | exact  | 588    | = | =
    en | a total investment capital of over 3.6 billion USD        | USD   | over   | 3.6B   | 3.6B..3.7B | 3.6B..
    en | In 2022, about 150 enterprises have been facilitated      | count | about  | 150    | 140..160 | =
    en | organize 2 consulting sessions                            | count | exact  | 2      | = | =
    en | the province has about 800 enterprises                    | count | about  | 800    | 720..880 | =
    en | to more than 120 countries and territories                | count | over   | 120    | 120..130 | 120..
    en | 17 memorandum of understandings, contracts and agreements | count | exact  | 17     | = | =
    en | Long An has 134,906km of border line                      | km    | exact  | 134906 | 134905.5..134906.5 | =
    en | three pillars of economic diplomacy                       | count | exact  | 3      | = | =
    en | the 2 ethnic groups                                       | count | exact  | 2      | = | =
    en | the two neighboring provinces                             | count | exact  | 2      | = | =
    vi | 8 tỉnh, thành phố nước ngoài                              | count | exact  | 8      | = | =
    vi | trên địa bàn tỉnh có 1.155 dự án FDI                      | count | exact  | 1155   | = | =
    vi | vốn đăng ký gần 9,98 tỉ USD                               | USD   | nearly | 9.98B  | 9.97B..9.98B | 0..9.98B
    vi | đến từ 36 quốc gia và vùng lãnh thổ                       | count | exact  | 36     | = | =
    vi | có 588 dự án đi vào hoạt động                             | count | exact  | 588    | = | =
    vi | với tổng vốn đầu tư trên 3,6 tỉ USD                       | USD   | over   | 3.6B   | 3.6B..3.7B | 3.6B..
    vi | có khoảng 150 lượt DN được tỉnh tạo điều kiện             | count | about  | 150    | 140..160 | =
    vi | tổ chức 2 phiên tư vấn xuất khẩu                          | count | exact  | 2      | = | =
    vi | toàn tỉnh có khoảng 800 DN                                | count | about  | 800    | 720..880 | =
    vi | sang hơn 120 quốc gia và vùng lãnh thổ                    | count | over   | 120    | 120..130 | 120..
    vi | thực hiện 17 bản ghi nhớ, hiệp đồng, thỏa thuận hợp tác   | count | exact  | 17     | = | =
    vi | Long An có 134,906km đường biên giới                      | km    | exact  | 134.906 | 134.9055..134.9065 | =
    vi | trên 3 trụ cột ngoại giao kinh tế                         | count | exact  | 3      | = | =
    vi | 2 tỉnh láng giềng                                         | count | exact  | 2      | = | =
    en | on all three pillars                                      | count | exact  | 3      | = | =
    en | from 2020 to present, sending 173 delegations             | count | exact  | 173    | = | =
    en | 1,549 officials, civil servants and public employees      | count | exact  | 1549   | = | =
    en | the reception and work of 381 delegations                 | count | exact  | 381    | = | =
    en | 2,263 foreigners to visit, attend programs and events     | count | exact  | 2263   | = | =
    en | signing 62 agreements and memorandums of understanding    | count | exact  | 62     | = | =
    en | Since the beginning of 2025, the unit has sent 39 working letters | count | exact | 39 | = | =
    en | organized 12 meetings                                     | count | exact  | 12     | = | =
    en | welcomed 6 delegations                                    | count | exact  | 6      | = | =
    en | organized 4 delegations to exchange                       | count | exact  | 4      | = | =
    en | held 9 times since 2016                                   | count | exact  | 9      | = | =
    en | Conference of 4 provinces: Lang Son, Quang Ninh, Cao Bang | count | exact  | 4      | = | =
    en | 16 conferences since 2008                                 | count | exact  | 16     | = | =
    en | 22 NGO aid projects                                       | count | exact  | 22     | = | =
    en | humanitarian aid with a total value of 1.6 million USD    | USD   | exact  | 1.6M   | 1.55M..1.65M | =
    en | 37 humanitarian aid, non-project aid                      | count | exact  | 37     | = | =
    en | a total aid value of more than 2.08 million USD           | USD   | over   | 2.08M  | 2.08M..2.09M | 2.08M..
    en | project management costs is more than 8 billion VND       | VND   | over   | 8B     | 8B..8.8B | 8B..
    en | for about 300 students in difficult circumstances         | count | about  | 300    | 270..330 | =
    en | 16 delegations of provincial leaders                      | count | exact  | 16     | = | =
    en | 40 delegations                                            | count | exact  | 40     | = | =
    en | 606 foreign visitors                                      | count | exact  | 606    | = | =
    en | 2 Nghe An - US Investment Connection seminars             | count | exact  | 2      | = | =
    en | 18,639 people                                             | count | exact  | 18639  | = | =
    en | reaching 128.54% of the plan                              | %     | exact  | 128.54 | 128.535..128.545 | =
    en | estimated at 2.45 billion USD                             | USD   | exact estimate | 2.45B | 2.445B..2.455B | =
    en | up 12.02% over the same period                            | %     | exact  | 12.02  | 12.015..12.025 | =
    en | newly granted 15 FDI projects                             | count | exact  | 15     | = | =
    en | adjusted capital for 10 FDI projects                      | count | exact  | 10     | = | =
    en | a total capital of 1.298 billion USD                      | USD   | exact  | 1.298B | 1.2975B..1.2985B | =
    en | 11 ODA programs and projects                              | count | exact  | 11     | = | =
    en | with a total investment of VND9,620 billion               | VND   | exact  | 9620B  | 9619.5B..9620.5B | =
    en | In the 2016-2020 period, more than 800 foreign delegations | count | over  | 800    | 800..880 | 800..
    en | including 64 large international delegations              | count | exact  | 64     | = | =
";

const ENGLISH: &str = "
    en | 9.98                                  | count | exact    | 9.98    | 9.975..9.985 | =
    en | 1.30%                                 | %     | exact    | 1.3     | 1.295..1.305 | =
    en | 2.45 bln                              | count | exact    | 2.45B   | 2.445B..2.455B | =
    en | $2.5bn                                | USD   | exact    | 2.5B    | 2.45B..2.55B | =
    en | US$574.71 million                     | USD   | exact    | 574.71M | 574.705M..574.715M | =
    en | USD574.71m                            | USD   | exact    | 574.71M | 574.705M..574.715M | =
    en | 574.71m USD                           | USD   | exact    | 574.71M | 574.705M..574.715M | =
    en | US$47Mln                              | USD   | exact    | 47M     | 46.5M..47.5M | =
    en | US $ 5 million                        | USD   | exact    | 5M      | 4.5M..5.5M | =
    en | U.S. $5 million                       | USD   | exact    | 5M      | 4.5M..5.5M | =
    en | 5 million U.S. dollars                | USD   | exact    | 5M      | 4.5M..5.5M | =
    en | 9.98 USD billion                      | USD   | exact    | 9.98B   | 9.975B..9.985B | =
    en | 2.45 billion (USD)                    | USD   | exact    | 2.45B   | 2.445B..2.455B | =
    en | USD 4,581,859                         | USD   | exact    | 4581859 | 4581858.5..4581859.5 | =
    en | USD 3,243.5 million                   | USD   | exact    | 3243.5M | 3243.45M..3243.55M | =
    en | VND 735,922 million                   | VND   | exact    | 735922M | 735921.5M..735922.5M | =
    en | VND 1.6 trillion                      | VND   | exact    | 1.6T    | 1.55T..1.65T | =
    en | 9.6 trillion dong                     | VND   | exact    | 9.6T    | 9.55T..9.65T | =
    en | 12 thousand billion VND               | VND   | exact    | 12T     | 11.5T..12.5T | =
    en | EUR 3 mn                              | EUR   | exact    | 3M      | 2.5M..3.5M | =
    en | €412,240                              | EUR   | exact    | 412240  | 412239.5..412240.5 | =
    en | £3.5m                                 | GBP   | exact    | 3.5M    | 3.45M..3.55M | =
    en | S$5 million                           | SGD   | exact    | 5M      | 4.5M..5.5M | =
    en | 300 million yuan                      | CNY   | exact    | 300M    | 299.5M..300.5M | =
    en | KRW350bn                              | KRW   | exact    | 350B    | 349.5B..350.5B | =
    en | JPY 5bn                               | JPY   | exact    | 5B      | 4.5B..5.5B | =
    en | $280m                                 | USD   | exact    | 280M    | 279.5M..280.5M | =
    en | $1.2T                                 | USD   | exact    | 1.2T    | 1.15T..1.25T | =
    en | 2.5m visitors                         | count | exact    | 2.5M    | 2.45M..2.55M | =
    en | 3m tonnes of rice                     | t     | exact    | 3M      | 2.5M..3.5M | =
    en | 25k visitors                          | count | exact    | 25k     | 24.5k..25.5k | =
    en | 134 m                                 | m     | exact    | 134     | 133.5..134.5 | =
    en | 134m                                  | m     | exact    | 134     | 133.5..134.5 | =
    en | 8,157ha                               | ha    | exact    | 8157    | 8156.5..8157.5 | =
    en | 16,490.25 sq. km                      | km²   | exact    | 16490.25 | 16490.245..16490.255 | =
    en | more than 10 sq km                    | km²   | over     | 10      | 10..11 | 10..
    en | 1.6 million ha of rice                | ha    | exact    | 1.6M    | 1.55M..1.65M | =
    en | a 600-km road                         | km    | exact    | 600     | 599.5..600.5 | =
    en | a US$500-million plant                | USD   | exact    | 500M    | 499.5M..500.5M | =
    en | a 2.5-billion-dollar project          | USD   | exact    | 2.5B    | 2.45B..2.55B | =
    en | 1,200 MW                              | MW    | exact    | 1200    | 1199.5..1200.5 | =
    en | 30,000 TEUs                           | TEU   | exact    | 30k     | 29999.5..30000.5 | =
    en | 12 per cent                           | %     | exact    | 12      | 11.5..12.5 | =
    en | 3.5 percentage points                 | %     | exact    | 3.5     | 3.45..3.55 | =
    en | 12.5 pct                              | %     | exact    | 12.5    | 12.45..12.55 | =
    en | 2 hundred thousand people             | count | exact    | 200k    | 150k..250k | =
    en | 50 million trees                      | count | exact    | 50M     | 49.5M..50.5M | =
    en | $500 per month                        | USD   | exact    | 500     | 499.5..500.5 | =
    en | 2 million USD/year                    | USD   | exact    | 2M      | 1.5M..2.5M | =
    en | almost 3,000 billion dong             | VND   | nearly   | 3T      | 2.7T..3T | 0..3T
    en | close to $4 billion                   | USD   | nearly   | 4B      | 3.6B..4B | 0..4B
    en | just under 10 billion USD             | USD   | nearly   | 10B     | 9B..10B | 0..10B
    en | around US$100 million                 | USD   | about    | 100M    | 90M..110M | =
    en | approximately 2,350 workers           | count | about    | 2350    | 2340..2360 | =
    en | some 500 workers                      | count | about    | 500     | 450..550 | =
    en | roughly 1.0 million                   | count | about    | 1M      | 0.9M..1.1M | =
    en | ~500                                  | count | about    | 500     | 450..550 | =
    en | 200-odd delegations                   | count | about    | 200     | 180..220 | =
    en | 800+                                  | count | over     | 800     | 800..880 | 800..
    en | US$5+ million                         | USD   | over     | 5M      | 5M..5.5M | 5M..
    en | above 95%                             | %     | over     | 95      | 95..96 | 95..
    en | upwards of 3,450 people               | count | over     | 3450    | 3450..3460 | 3450..
    en | exceeded $24 billion                  | USD   | over     | 24B     | 24B..25B | 24B..
    en | exceeding 8%                          | %     | over     | 8       | 8..8.8 | 8..
    en | exceeded 5% of the plan               | %     | exact    | 5       | 4.5..5.5 | =
    en | surpassed the 5-billion-USD mark      | USD   | over     | 5B      | 5B..5.5B | 5B..
    en | at least 500 households               | count | at-least | 500     | 500.. | =
    en | no fewer than 30 countries            | count | at-least | 30      | 30.. | =
    en | not less than 10%                     | %     | at-least | 10      | 10.. | =
    en | 500 or more                           | count | at-least | 500     | 500.. | =
    en | up to 120 countries                   | count | up-to    | 120     | 0..120 | =
    en | at most 30 days                       | count | up-to    | 30      | 0..30 | =
    en | a maximum of 50 people                | count | up-to    | 50      | 0..50 | =
    en | no more than 30 people                | count | up-to    | 30      | 0..30 | =
    en | under 3%                              | %     | up-to    | 3       | 0..3 | =
    en | less than 5 million                   | count | up-to    | 5M      | 0..5M | =
    en | an estimated 2.45 billion USD         | USD   | exact estimate | 2.45B | 2.445B..2.455B | =
    en | over an estimated 500 people          | count | over estimate  | 500 | 500..550 | 500..
    en | expanded by an estimated 33 percent   | %     | exact estimate | 33  | 32.5..33.5 | =
    en | down 3.2%                             | %     | exact    | -3.2    | -3.25..-3.15 | =
    en | -3.2%                                 | %     | exact    | -3.2    | -3.25..-3.15 | =
    en | −3.2 %                                | %     | exact    | -3.2    | -3.25..-3.15 | =
    en | fell 5%                               | %     | exact    | -5      | -5.5..-4.5 | =
    en | fell by nearly 5%                     | %     | nearly   | -5      | -5..-4.5 | -5..0
    en | decreased by over 49.6%               | %     | over     | -49.6   | -49.7..-49.6 | ..-49.6
    en | a contraction of 0.4%                 | %     | exact    | -0.4    | -0.45..-0.35 | =
    en | a 0.2% fall in March CPI              | %     | exact    | -0.2    | -0.25..-0.15 | =
    en | a drop in exports of 5%               | %     | exact    | -5      | -5.5..-4.5 | =
    en | fell to 5%                            | %     | exact    | 5       | 4.5..5.5 | =
    en | fell below 5 million                  | count | up-to    | 5M      | 0..5M | =
    en | down from 5%                          | %     | exact    | 5       | 4.5..5.5 | =
    en | a poverty reduction programme of 5 million USD | USD | exact | 5M   | 4.5M..5.5M | =
    en | 196 million USD higher than planned   | USD   | exact    | 196M    | 195.5M..196.5M | =
    en | 3.5 times higher                      | count | exact    | 3.5     | 3.45..3.55 | =
    en | a 3-fold increase                     | count | exact    | 3       | 2.5..3.5 | =
    en | 200 to 250                            | count | exact    | -       | 200..250 | =
    en | 200-250 projects                      | count | exact    | -       | 200..250 | =
    en | from 200 to 250 visitors              | count | exact    | -       | 200..250 | =
    en | between 5 and 7 million               | count | exact    | -       | 4.5M..7.5M | =
    en | 5–7%                                  | %     | exact    | -       | 4.5..7.5 | =
    en | 5% - 7%                               | %     | exact    | -       | 4.5..7.5 | =
    en | $5 to $7 million                      | USD   | exact    | -       | 4.5M..7.5M | =
    en | VND1,100-1,200 billion                | VND   | exact    | -       | 1099.5B..1200.5B | =
    en | USD1.2 billion–1.5 billion            | USD   | exact    | -       | 1.15B..1.55B | =
    en | about 200 to 250 people               | count | about    | -       | 180..260 | =
    en | from 2000 to 2500 people              | count | exact    | -       | 2000..2500 | =
    en | 2,022 projects                        | count | exact    | 2022    | = | =
    en | 2022                                  | count | exact    | 2022    | = | =
    en | 588 projects in 2022                  | count | exact    | 588     | = | =
    en | 588 projects (2022)                   | count | exact    | 588     | = | =
    en | 2022: 588 projects                    | count | exact    | 588     | = | =
    en | By Nov. 20, the province had 1,155 projects | count | exact | 1155 | = | =
    en | January 5, 2022: 17 agreements        | count | exact    | 17      | = | =
    en | in the first 11 months, 588 projects  | count | exact    | 588     | = | =
    en | GDP grew 5.03 percent in Q1 2024      | %     | exact    | 5.03    | 5.025..5.035 | =
    en | after Covid-19, 64 delegations        | count | exact    | 64      | = | =
    en | under Resolution No. 22, 64 delegations | count | exact  | 64      | = | =
    en | at the 19th Party Congress, 64 guests | count | exact    | 64      | = | =
    en | 1. Exports reached 5 million USD      | USD   | exact    | 5M      | 4.5M..5.5M | =
    en | a 16-member delegation                | count | exact    | 16      | = | =
    en | 45 days                               | count | exact    | 45      | = | =
    en | twenty-five projects                  | count | exact    | 25      | = | =
    en | two hundred and fifty workers         | count | exact    | 250     | = | =
    en | ten million people                    | count | exact    | 10M     | 9.5M..10.5M | =
    en | 1 155 000 people                      | count | exact    | 1155000 | = | =
    en | 12 345 678.9 USD                      | USD   | exact    | 12345678.9 | 12345678.85..12345678.95 | =
    en | neared 13,000 tons                    | t     | nearly   | 13k     | 12k..13k | 0..13k
    en | US$12m-$15m                           | USD   | exact    | -       | 11.5M..15.5M | =
    en | 500 workers or more                   | count | at-least | 500     | 500.. | =
    en | up .5%                                | %     | exact    | 0.5     | 0.45..0.55 | =
    en | Euro 5 million                        | EUR   | exact    | 5M      | 4.5M..5.5M | =
    en | 142K households                       | count | exact    | 142k    | 141.5k..142.5k | =
    en | 134m across the river                 | m     | exact    | 134     | 133.5..134.5 | =
    en | From February 8-12, 613 trucks        | count | exact    | 613     | = | =
    en | from May 5 to 7, 200 delegates        | count | exact    | 200     | = | =
    en | at 9:30 am on 5 May, 17 agreements    | count | exact    | 17      | = | =
    en | 68.5 percent of the same period in 2019 | %   | exact    | 68.5    | 68.45..68.55 | =
    en | an average of 7.2% per year over 2016-2020 | % | exact   | 7.2     | 7.15..7.25 | =
    en | loans for 25 years at a rate of 1.25% | %     | exact    | 1.25    | 1.245..1.255 | =
    en | up 15 to 20 percent                   | %     | exact    | -       | 14.5..20.5 | =
    en | down 15-20%                           | %     | exact    | -       | -20.5..-14.5 | =
    en | from -5% to -3%                       | %     | exact    | -       | -5.5..-2.5 | =
    en | negative growth of 5 percent          | %     | exact    | -5      | -5.5..-4.5 | =
    en | 5 percentage points lower             | %     | exact    | -5      | -5.5..-4.5 | =
    en | Up to 2023, the province had 588 projects | count | exact | 588    | = | =
    en | over the past 5 years, 800 delegations | count | exact   | 800     | = | =
    en | 1,155 (one thousand one hundred and fifty-five) projects | count | exact | 1155 | = | =
    en | three to five projects                | count | exact    | -       | 3..5 | =
    en | dropped sharply, by 78.7 percent      | %     | exact    | -78.7   | -78.75..-78.65 | =
    en | the rate fell from 2016's level by 1.5 percentage points | % | exact | -1.5 | -1.55..-1.45 | =
    en | in APEC 2017, 21 leaders              | count | exact    | 21      | = | =
    en | a decrease of some 12 percent         | %     | about    | -12     | -13..-11 | =
    en | thirty-six countries                  | count | exact    | 36      | = | =
    en | bringing the total to 116             | count | exact    | 116     | = | =
    en | FDI pledges rose to $4 billion as of Q1/2016 | USD | exact | 4B     | 3.5B..4.5B | =
    en | 36.5 million m3                       | m³    | exact    | 36.5M   | 36.45M..36.55M | =
    en | 700 tỷ đồng                           | VND   | exact    | 700B    | 699.5B..700.5B | =
    en | 7.24 lakh foreign tourists             | count | exact    | 724k    | 723.5k..724.5k | =
    en | 1.5 crore rupees                       | INR   | exact    | 15M     | 14.5M..15.5M | =
    en | 1.46 quadrillion VND                   | VND   | exact    | 1460T   | 1455T..1465T | =
    en | Euros 173.5 billion                    | EUR   | exact    | 173.5B  | 173.45B..173.55B | =
    en | 23,750 VND per USD                     | VND   | exact    | 23750   | 23749.5..23750.5 | =
    en | at a rate of about 23,750 dong to the dollar | VND | about | 23750 | 23740..23760 | =
    en | 1 USD = 23,750 VND                     | VND   | exact    | 23750   | 23749.5..23750.5 | =
    en | nearly 25,000 VND for 1 US dollar      | VND   | nearly   | 25000   | 24000..25000 | 0..25000
    en | 1 USD for each pupil                   | USD   | exact    | 1       | 0.5..1.5 | =
";

const VIETNAMESE: &str = "
    vi | 9,98                                  | count | exact    | 9.98    | 9.975..9.985 | =
    vi | gần 16 nghìn tỷ đồng                  | VND   | nearly   | 16T     | 15T..16T | 0..16T
    vi | 2,3 triệu lượt khách                  | count | exact    | 2.3M    | 2.25M..2.35M | =
    vi | Tổng lượng khách ước khoảng 2,37triệu lượt | count | about estimate | 2.37M | 2.36M..2.38M | =
    vi | đạt 85,03 % kế hoạch năm              | %     | exact    | 85.03   | 85.025..85.035 | =
    vi | đạt gần 41% so với kế hoạch           | %     | nearly   | 41      | 40..41 | 0..41
    vi | 289 ngàn lượt                         | count | exact    | 289k    | 288.5k..289.5k | =
    vi | phục vụ khoảng trên 7 triệu lượt khách | count | over    | 7M      | 7M..7.7M | 7M..
    vi | 10.012.735 lượt khách quốc tế         | count | exact    | 10012735 | = | =
    vi | (khoảng 2,15 tỷ USD)                  | USD   | about    | 2.15B   | 2.14B..2.16B | =
    vi | (tương đương 159.699 tỷ đồng)         | VND   | exact    | 159699B | 159698.5B..159699.5B | =
    vi | 5.932 triệu USD                       | USD   | exact    | 5932M   | 5931.5M..5932.5M | =
    vi | xuất khẩu đạt 2.348,3 triệu USD       | USD   | exact    | 2348.3M | 2348.25M..2348.35M | =
    vi | 1.234,5 tỷ đồng                       | VND   | exact    | 1234.5B | 1234.45B..1234.55B | =
    vi | 4.581.859,50 USD                      | USD   | exact    | 4581859.5 | 4581859.495..4581859.505 | =
    vi | ước đạt 1,533 tỷ USD                  | USD   | exact estimate | 1.533B | 1.5325B..1.5335B | =
    vi | ước tính khoảng 2.000 tỉ đồng         | VND   | about estimate | 2T | 1.8T..2.2T | =
    vi | hơn 39.300 tỷ đồng                    | VND   | over     | 39300B  | 39300B..39400B | 39300B..
    vi | Đạt trên 3,6 tỉ                       | count | over     | 3.6B    | 3.6B..3.7B | 3.6B..
    vi | GẦN 9,98 TỈ USD                       | USD   | nearly   | 9.98B   | 9.97B..9.98B | 0..9.98B
    vi | Hơn 111.500 lao động trong 9 tháng    | count | over     | 111500  | 111500..111600 | 111500..
    vi | gần 52 nghìn người                    | count | nearly   | 52k     | 51k..52k | 0..52k
    vi | xấp xỉ 98%                            | %     | about    | 98      | 97..99 | =
    vi | chừng 30 đoàn                         | count | about    | 30      | 27..33 | =
    vi | trên dưới 100 người                   | count | about    | 100     | 90..110 | =
    vi | vượt 28,6% dự toán                    | %     | exact    | 28.6    | 28.55..28.65 | =
    vi | vượt 5 % kế hoạch                     | %     | exact    | 5       | 4.5..5.5 | =
    vi | vượt 57% so với mục tiêu ban đầu      | %     | exact    | 57      | 56.5..57.5 | =
    vi | vượt mốc 1.000 tỷ đồng                | VND   | over     | 1T      | 1T..1.1T | 1T..
    vi | vượt 10 tỷ USD                        | USD   | over     | 10B     | 10B..11B | 10B..
    vi | tăng trưởng vượt 8%                   | %     | over     | 8       | 8..8.8 | 8..
    vi | ít nhất 5 huyện                       | count | at-least | 5       | 5.. | =
    vi | tối thiểu 15%                         | %     | at-least | 15      | 15.. | =
    vi | không dưới 500 tỷ đồng                | VND   | at-least | 500B    | 500B.. | =
    vi | 60 triệu đồng trở lên                 | VND   | at-least | 60M     | 60M.. | =
    vi | tối đa 50 triệu đồng                  | VND   | up-to    | 50M     | 0..50M | =
    vi | không quá 30 ngày                     | count | up-to    | 30      | 0..30 | =
    vi | dưới 3%                               | %     | up-to    | 3       | 0..3 | =
    vi | chưa đến 5%                           | %     | up-to    | 5       | 0..5 | =
    vi | lên tới 9,98 tỷ USD                   | USD   | up-to    | 9.98B   | 0..9.98B | =
    vi | xuất khẩu tới 36 quốc gia             | count | exact    | 36      | = | =
    vi | cao hơn 0,5 điểm phần trăm            | %     | exact    | 0.5     | 0.45..0.55 | =
    vi | tăng trên 79% so với cùng kỳ          | %     | over     | 79      | 79..80 | 79..
    vi | giảm 11,3% so với tháng 5             | %     | exact    | -11.3   | -11.35..-11.25 | =
    vi | giảm hơn 5%                           | %     | over     | -5      | -5.5..-5 | ..-5
    vi | giảm nhẹ 0,3%                         | %     | exact    | -0.3    | -0.35..-0.25 | =
    vi | giảm so với cùng kỳ năm 2022 là 5,2%  | %     | exact    | -5.2    | -5.25..-5.15 | =
    vi | -3,2%                                 | %     | exact    | -3.2    | -3.25..-3.15 | =
    vi | −3,2 %                                | %     | exact    | -3.2    | -3.25..-3.15 | =
    vi | tăng trưởng âm 1,2%                   | %     | exact    | -1.2    | -1.25..-1.15 | =
    vi | tỷ lệ hộ nghèo giảm 1,5%              | %     | exact    | -1.5    | -1.55..-1.45 | =
    vi | giảm tỷ lệ hộ nghèo 2%/năm            | %     | exact    | -2      | -2.5..-1.5 | =
    vi | tỷ lệ hộ nghèo giảm còn 2,3%          | %     | exact    | 2.3     | 2.25..2.35 | =
    vi | giảm xuống 2,3%                       | %     | exact    | 2.3     | 2.25..2.35 | =
    vi | giảm nghèo cho 500 hộ                 | count | exact    | 500     | = | =
    vi | gấp 2,2 lần cùng kỳ                   | count | exact    | 2.2     | 2.15..2.25 | =
    vi | gấp 3 lần                             | count | exact    | 3       | 2.5..3.5 | =
    vi | tổ chức 9 lần                         | count | exact    | 9       | = | =
    vi | từ 5 đến 7 triệu                      | count | exact    | -       | 4.5M..7.5M | =
    vi | từ 10 đến 11 tỉ USD                   | USD   | exact    | -       | 9.5B..11.5B | =
    vi | 7-7,5 triệu lượt khách                | count | exact    | -       | 6.5M..7.55M | =
    vi | 11,5%-12%/năm                         | %     | exact    | -       | 11.45..12.5 | =
    vi | 200 đến 250 dự án                     | count | exact    | -       | 200..250 | =
    vi | từ 800 nghìn đến 1,2 triệu lượt       | count | exact    | -       | 799.5k..1.25M | =
    vi | giảm từ 5-7%                          | %     | exact    | -       | -7.5..-4.5 | =
    vi | 1 tỷ 200 triệu đồng                   | VND   | exact    | 1.2B    | 1199.5M..1200.5M | =
    vi | 1 tỷ 250 triệu 500 nghìn đồng         | VND   | exact    | 1250.5M | 1250499.5k..1250500.5k | =
    vi | 3 trăm triệu đồng                     | VND   | exact    | 300M    | 250M..350M | =
    vi | 20 vạn người                          | count | exact    | 200k    | 195k..205k | =
    vi | 2,3 triệu tỷ đồng                     | VND   | exact    | 2300T   | 2250T..2350T | =
    vi | 1 triệu đô la Mỹ                      | USD   | exact    | 1M      | 0.5M..1.5M | =
    vi | 2 triệu đô la Úc                      | AUD   | exact    | 2M      | 1.5M..2.5M | =
    vi | 300 triệu Nhân dân tệ                 | CNY   | exact    | 300M    | 299.5M..300.5M | =
    vi | 5 tỷ Yên                              | JPY   | exact    | 5B      | 4.5B..5.5B | =
    vi | 3 triệu Euro                          | EUR   | exact    | 3M      | 2.5M..3.5M | =
    vi | 8 tỷ kíp                              | LAK   | exact    | 8B      | 7.5B..8.5B | =
    vi | 90 tỷ won                             | KRW   | exact    | 90B     | 89.5B..90.5B | =
    vi | 12 triệu baht                         | THB   | exact    | 12M     | 11.5M..12.5M | =
    vi | 500.000đ                              | VND   | exact    | 500k    | 499999.5..500000.5 | =
    vi | 25tr đồng                             | VND   | exact    | 25M     | 24.5M..25.5M | =
    vi | 12 tỷ VNĐ                             | VND   | exact    | 12B     | 11.5B..12.5B | =
    vi | 43 triệu đồng/người/năm               | VND   | exact    | 43M     | 42.5M..43.5M | =
    vi | đạt 3.200 USD/người                   | USD   | exact    | 3200    | 3199.5..3200.5 | =
    vi | 12 đồng chí                           | count | exact    | 12      | = | =
    vi | 5 tỷ phú                              | count | exact    | 5       | = | =
    vi | 3 đô thị                              | count | exact    | 3       | = | =
    vi | 12 phần trăm                          | %     | exact    | 12      | 11.5..12.5 | =
    vi | tăng 0,5 điểm phần trăm               | %     | exact    | 0.5     | 0.45..0.55 | =
    vi | hơn 16.490 km2                        | km²   | over     | 16490   | 16490..16500 | 16490..
    vi | 1.200ha rừng                          | ha    | exact    | 1200    | 1199.5..1200.5 | =
    vi | 250 héc-ta                            | ha    | exact    | 250     | 249.5..250.5 | =
    vi | 3.000 m2                              | m²    | exact    | 3000    | 2999.5..3000.5 | =
    vi | 1,2 triệu m3 gỗ                       | m³    | exact    | 1.2M    | 1.15M..1.25M | =
    vi | 15.000 tấn                            | t     | exact    | 15k     | 14999.5..15000.5 | =
    vi | 1.700 MW                              | MW    | exact    | 1700    | 1699.5..1700.5 | =
    vi | 500kV                                 | kV    | exact    | 500     | 499.5..500.5 | =
    vi | đường biên giới dài 468,281 km        | km    | exact    | 468.281 | 468.2805..468.2815 | =
    vi | 05 dự án                              | count | exact    | 5       | = | =
    vi | 2022 người                            | count | exact    | 2022    | = | =
    vi | 2.022                                 | count | exact    | 2022    | = | =
    vi | 06 tháng đầu năm đón 11 triệu lượt    | count | exact    | 11M     | 10.5M..11.5M | =
    vi | riêng tháng 10, có 6.923 người        | count | exact    | 6923    | = | =
    vi | tính đến 15/12/2021, cấp mới 115 dự án | count | exact   | 115     | = | =
    vi | Đến 20/11, toàn tỉnh có 1.155 dự án   | count | exact    | 1155    | = | =
    vi | từ 1/1/2023 đến 30/11/2023 có 15 dự án | count | exact   | 15      | = | =
    vi | dịp lễ 30/4 - 1/5 đón 50.000 lượt     | count | exact    | 50k     | = | =
    vi | quý I/2024 đạt 5,2 tỷ USD             | USD   | exact    | 5.2B    | 5.15B..5.25B | =
    vi | quý 1/2024 đạt 5,2 tỷ USD             | USD   | exact    | 5.2B    | 5.15B..5.25B | =
    vi | kim ngạch 2022 đạt 2,45 tỷ USD        | USD   | exact    | 2.45B   | 2.445B..2.455B | =
    vi | giai đoạn 2016-2020 đón 800 đoàn      | count | exact    | 800     | = | =
    vi | sau đại dịch Covid-19 tăng 5%         | %     | exact    | 5       | 4.5..5.5 | =
    vi | theo Chỉ thị số 12-CT/TW, 5 đoàn      | count | exact    | 5       | = | =
    vi | QL1A dài 35 km                        | km    | exact    | 35      | 34.5..35.5 | =
    vi | mỗi ngày 12 chuyến bay                | count | exact    | 12      | = | =
    vi | tổng số 588 dự án                     | count | exact    | 588     | = | =
    vi | hai mươi lăm dự án                    | count | exact    | 25      | = | =
    vi | mười hai đoàn                         | count | exact    | 12      | = | =
    vi | ba trụ cột                            | count | exact    | 3       | = | =
    vi | 1 155 000 người                       | count | exact    | 1155000 | = | =
    vi | tháng 11 588 dự án                    | count | exact    | 588     | = | =
    vi | 1,155 dự án                           | count | exact    | 1.155   | 1.1545..1.1555 | =
    vi | khoảng từ 15 đến 20 đoàn              | count | about    | -       | 14..22 | =
    vi | từ 15 đoàn trở lên                    | count | at-least | 15      | 15.. | =
    vi | 12 trđ                                | VND   | exact    | 12M     | 11.5M..12.5M | =
    vi | 12 tỷđ                                | VND   | exact    | 12B     | 11.5B..12.5B | =
    vi | đến ngày 20.1, thu hút 175 dự án      | count | exact    | 175     | = | =
    vi | ngày 5-7/8/2023, 200 đại biểu         | count | exact    | 200     | = | =
    vi | chiều 9/7, có 233 dự án               | count | exact    | 233     | = | =
    vi | kỷ niệm 60 năm, có 25 hoạt động       | count | exact    | 25      | = | =
    vi | theo giá so sánh năm 2010 tăng 2,41%  | %     | exact    | 2.41    | 2.405..2.415 | =
    vi | sụt giảm đến 11% so với năm trước     | %     | exact    | -11     | -11.5..-10.5 | =
    vi | chiếm tới 60%                         | %     | exact    | 60      | 59.5..60.5 | =
    vi | tỷ lệ hộ nghèo giảm còn dưới 3%       | %     | up-to    | 3       | 0..3 | =
    vi | giảm 1.200 hộ nghèo                   | count | exact    | -1200   | = | =
    vi | 800-1.000 xe/ngày                     | count | exact    | -       | 800..1000 | =
    vi | giảm tới 45%                          | %     | exact    | -45     | -45.5..-44.5 | =
    vi | giảm phát thải 43%                    | %     | exact    | -43     | -43.5..-42.5 | =
    vi | hai đến ba dự án                      | count | exact    | -       | 2..3 | =
    vi | nâng tổng số lên 588 dự án            | count | exact    | 588     | = | =
    vi | nâng tổng số dự án lên đến 588        | count | exact    | 588     | = | =
    vi | 9 tháng năm 2023 đạt 5 tỷ USD         | USD   | exact    | 5B      | 4.5B..5.5B | =
    vi | Kế hoạch 5 năm 2016-2020, 800 đoàn    | count | exact    | 800     | = | =
    vi | 100 phần quà                          | count | exact    | 100     | = | =
    vi | tiếp đến là tỉnh Cà Mau với -10,5%    | %     | exact    | -10.5   | -10.55..-10.45 | =
    vi | doanh số từ 1 triệu USD trở lên       | USD   | at-least | 1M      | 1M.. | =
    vi | từ 500 m2 đến 1.000 m2                | m²    | exact    | -       | 499.5..1000.5 | =
    vi | gần một trăm đoàn                     | count | nearly   | 100     | 90..100 | 0..100
    vi | over 3,6 billion USD                  | USD   | over     | 3.6B    | 3.6B..3.7B | 3.6B..
    vi | 134,906km of border line              | km    | exact    | 134.906 | 134.9055..134.9065 | =
    vi | 23.750 đồng/USD                        | VND   | exact    | 23750   | 23749.5..23750.5 | =
    vi | 1 USD = 23.750 đồng                    | VND   | exact    | 23750   | 23749.5..23750.5 | =
    vi | 1 USD đổi được khoảng 24.500 đồng      | VND   | about    | 24500   | 24400..24600 | =
    vi | 23.750 đồng đổi 1 USD                  | VND   | exact    | 23750   | 23749.5..23750.5 | =
    vi | 1 đô la Mỹ ăn 25.400 đồng              | VND   | exact    | 25400   | 25399.5..25400.5 | =
";

/// `language | text | code | readings`, each reading `language:value`.
const REFUSED: &str = "
    en | 12,34                          | ambiguous-figure  | vi:12.34 en:1234
    en | 9,98 billion USD               | ambiguous-figure  | vi:9980000000 en:998000000000
    en | 1,2345                         | ambiguous-figure  | vi:1.2345 en:12345
    vi | 1.15                           | ambiguous-figure  | en:1.15 vi:115
    vi | 2.45 tỷ USD                    | ambiguous-figure  | en:2450000000 vi:245000000000
    vi | 0.5                            | unreadable-figure | en:0.5
    en | 0,123                          | unreadable-figure | vi:0.123
    en | 1.234,5                        | unreadable-figure | vi:1234.5
    vi | 1,234.5 tỷ đồng                | unreadable-figure | en:1234500000000
    en | 1,234,56                       | unreadable-figure | en:123456
    en | 1.2.3                          | unreadable-figure |
    en | hello                          | unreadable-figure |
    en | in 2022                        | unreadable-figure |
    en | May 2025                       | unreadable-figure |
    en | the 2016-2020 period           | unreadable-figure |
    en | the first 11 months            | unreadable-figure |
    en | Covid-19                       | unreadable-figure |
    en | G20                            | unreadable-figure |
    en | 5G network                     | unreadable-figure |
    en | ISO 9001                       | unreadable-figure |
    en | Industry 4.0                   | unreadable-figure |
    en | Resolution No. 22              | unreadable-figure |
    en | National Highway 1A            | unreadable-figure |
    en | half of the projects           | unreadable-figure |
    en | a dozen projects               | unreadable-figure |
    en | 2 dozen projects               | unreadable-figure |
    en | 2½ million                     | unreadable-figure |
    en | 2 and a half million           | unreadable-figure |
    en | two-thirds of the projects     | unreadable-figure |
    en | one third of households        | unreadable-figure |
    en | up 14 to 335                   | unreadable-figure |
    en | -5 to 3%                       | unreadable-figure |
    vi | hai phần ba số xã              | unreadable-figure |
    vi | không tăng                     | unreadable-figure |
    en | ASEAN+3                        | unreadable-figure |
    en | APEC 2017                      | unreadable-figure |
    en | SEA Games 31                   | unreadable-figure |
    en | 40 delegations/606 foreign visitors | unreadable-figure |
    en | 14/19 criteria                 | unreadable-figure |
    en | 15 of the 63 provinces         | unreadable-figure |
    en | one of the 10 provinces        | unreadable-figure |
    en | 14 out of 19 criteria          | unreadable-figure |
    en | VND1.35 trillion (US$58.7 million) | unreadable-figure |
    en | 1,155 projects in 36 countries | unreadable-figure |
    en | decreased by 49.6% to US$3.334 billion | unreadable-figure |
    en | increased from 200 to 250 projects | unreadable-figure |
    en | 250 to 200                     | unreadable-figure |
    en | 200 people-250 people          | unreadable-figure |
    en | $1.2tr                         | unreadable-figure |
    en | ¥500 million                   | unreadable-figure |
    en | VND5 billion USD               | unreadable-figure |
    en | ,5%                            | unreadable-figure | vi:0.5
    en | 18,8000 tonnes                 | ambiguous-figure  | vi:18.8 en:188000
    en | 2.5 m visitors                 | unreadable-figure |
    en | 500 xyz USD                    | unreadable-figure |
    en | 9999999999999999999999999      | unreadable-figure |
    en | 99999999999999999 trillion     | unreadable-figure |
    vi | năm 2023                       | unreadable-figure |
    vi | tháng 11/2023                  | unreadable-figure |
    vi | quý I/2026                     | unreadable-figure |
    vi | giai đoạn 2016-2020            | unreadable-figure |
    vi | ngày 05-01-2022                | unreadable-figure |
    vi | 11 tháng                       | unreadable-figure |
    vi | so với cùng kỳ năm 2022        | unreadable-figure |
    vi | Chỉ thị số 12-CT/TW            | unreadable-figure |
    vi | Nghị định 30/2020/NĐ-CP        | unreadable-figure |
    vi | năm thứ 3 liên tiếp            | unreadable-figure |
    vi | so với năm trước               | unreadable-figure |
    vi | giảm hơn một nửa               | unreadable-figure |
    vi | 2 triệu rưỡi                   | unreadable-figure |
    vi | 2tr5                           | unreadable-figure |
    vi | 14/19 tiêu chí                 | unreadable-figure |
    vi | 1 trong 10 địa phương          | unreadable-figure |
    vi | một trong 10 địa phương        | unreadable-figure |
    vi | 40 đoàn/606 lượt               | unreadable-figure |
    vi | gần 1/3 dân số                 | unreadable-figure |
    vi | tăng từ 200 lên 250            | unreadable-figure |
    vi | 9.620 tỷ đồng, đạt 105% dự toán | unreadable-figure |
    en | 1 USD per day for 300 people   | unreadable-figure |
    en | 2 USD = 47,500 VND             | unreadable-figure |
    vi | 1 USD cho 20 học sinh          | unreadable-figure |
";

fn rows(table: &str) -> Vec<Vec<&str>> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.split('|').map(str::trim).collect()).collect()
}

fn number(text: &str) -> Decimal {
    let (digits, power) = match text.chars().last() {
        Some('k') => (&text[..text.len() - 1], 3),
        Some('M') => (&text[..text.len() - 1], 6),
        Some('B') => (&text[..text.len() - 1], 9),
        Some('T') => (&text[..text.len() - 1], 12),
        _ => (text, 0),
    };
    Decimal::from_str_exact(digits).unwrap() * Decimal::from(10_u64.pow(power))
}

fn interval(text: &str) -> Interval {
    let (lower, upper) = text.split_once("..").unwrap_or_else(|| panic!("{text} is no interval"));
    let end = |text: &str| (!text.is_empty()).then(|| number(text));
    Interval { lower: end(lower), upper: end(upper) }
}

fn language(row: &[&str]) -> Language {
    row[0].parse().unwrap()
}

fn refused(text: &str, language: Language) -> ReadError {
    match read(text, language) {
        Err(error) => error,
        Ok(figure) => panic!("{text}: read as {:?}", figure.ends()),
    }
}

fn check(row: &[&str]) -> Result<(), String> {
    let figure = read(row[1], language(row)).map_err(|error| format!("{error} ({})", error.help()))?;
    let value = (row[4] != "-").then(|| number(row[4]));
    let expected = if row[5] == "=" { Interval { lower: value, upper: value } } else { interval(row[5]) };
    let strict = if row[6] == "=" { expected } else { interval(row[6]) };
    let hedge = format!("{}{}", figure.hedge(), if figure.is_estimate() { " estimate" } else { "" });
    let told = (figure.unit().code(), hedge.as_str(), figure.value(), figure.expected(), figure.strict());
    let wanted = (row[2], row[3], value, expected, strict);
    if told == wanted { Ok(()) } else { Err(format!("read {told:?}\n   wanted {wanted:?}")) }
}

fn check_all(table: &str) {
    let faults: Vec<String> = rows(table)
        .iter()
        .filter_map(|row| check(row).err().map(|fault| format!("{} `{}`: {fault}", row[0], row[1])))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_articles() {
    check_all(ARTICLES);
}

#[test]
fn english() {
    check_all(ENGLISH);
}

#[test]
fn vietnamese() {
    check_all(VIETNAMESE);
}

#[test]
fn what_is_no_single_figure_is_refused_with_its_readings() {
    let mut faults = Vec::new();
    for row in rows(REFUSED) {
        match read(row[1], language(&row)) {
            Ok(figure) => faults.push(format!("{} `{}`: read as {:?}", row[0], row[1], figure.ends())),
            Err(error) => {
                let readings: Vec<String> = error
                    .readings()
                    .iter()
                    .map(|reading| format!("{}:{}", reading.language, reading.value.normalize()))
                    .collect();
                if (error.code(), readings.join(" ").as_str()) != (row[2], row[3]) {
                    faults.push(format!("{} `{}`: {} {readings:?}", row[0], row[1], error.code()));
                }
                if error.help().is_empty() {
                    faults.push(format!("{}: no help", row[1]));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_hedge_is_no_hedge_of_another_number() {
    // Near misses: the word stands in the text and does not hedge the figure.
    let exact = |text: &str, language: Language| {
        let figure: Figure = read(text, language).unwrap();
        assert_eq!(figure.hedge().code(), "exact", "{text}");
    };
    exact("trên địa bàn tỉnh có 1.155 dự án", Language::Vi);
    exact("cao hơn 5%", Language::Vi);
    exact("gần đây có 15 dự án", Language::Vi);
    exact("tăng 12% so với mức trên", Language::Vi);
    exact("up 12.02% over the same period", Language::En);
    exact("12.9 percent more than last year", Language::En);
    exact("up to now, 17 agreements", Language::En);
    exact("the nearly completed road: 35 km", Language::En);
}

#[test]
fn an_estimate_is_no_treaty() {
    assert!(read("ước đạt 2,45 tỷ USD", Language::Vi).unwrap().is_estimate());
    assert!(!read("ký 5 hiệp ước", Language::Vi).unwrap().is_estimate());
}

#[test]
fn cut_off_digits_reach_to_just_below_the_next_number() {
    let truncated = |text: &str| read(text, Language::En).unwrap().truncated();
    assert_eq!(truncated("3.6 billion"), interval("3.6B..3.6999999B"));
    assert_eq!(truncated("down 3.2%"), interval("-3.2999999..-3.2"));
    assert_eq!(truncated("1,155 projects"), interval("1155..1155"));
    assert_eq!(truncated("over 3.6 billion"), interval("3.6B.."));
}

#[test]
fn a_whole_number_that_looks_rounded_may_be() {
    let truncated = |text: &str| read(text, Language::En).unwrap().truncated();
    assert_eq!(truncated("952,000 people"), interval("951500..952500"));
    assert_eq!(truncated("71,300 tonnes"), interval("71250..71350"));
    // Of fewer digits, or one zero, it is taken at its word; so is the design's exact count everywhere else.
    for exact in ["1,500 people", "15,000 people", "1,150 people", "1,155 people"] {
        let figure = read(exact, Language::En).unwrap();
        assert_eq!(figure.truncated(), figure.strict(), "{exact}");
    }
    let figure = read("952,000 people", Language::En).unwrap();
    assert_eq!((figure.strict(), figure.expected()), (interval("952000..952000"), interval("952000..952000")));
}

#[test]
fn the_digits_stay_as_printed() {
    let figure = read("nearly 9.980 billion USD", Language::En).unwrap();
    assert_eq!((figure.first().digits().to_string().as_str(), figure.first().power()), ("9.980", 9));
}

#[test]
fn the_report_is_the_documented_json() {
    let json = |text: &str, language| serde_json::to_string(&Report::new(&read(text, language))).unwrap();
    assert_eq!(
        json("nearly 9.98 billion USD", Language::En),
        r#"{"text":"nearly 9.98 billion USD","language":"en","value":"9980000000","unit":"USD","hedge":"nearly","lower":"9970000000","upper":"9980000000","strict_lower":"0","strict_upper":"9980000000","readings":[{"language":"en","value":"9980000000"}]}"#
    );
    assert_eq!(
        json("hơn 5 đến 7,50%", Language::Vi),
        r#"{"text":"hơn 5 đến 7,50%","language":"vi","value":null,"unit":"%","hedge":"over","lower":"5","upper":"7.51","strict_lower":"5","strict_upper":null,"readings":[]}"#
    );
    let refused = json("12,34", Language::En);
    assert!(
        refused.starts_with(r#"{"error":"ambiguous-figure","message":"`12,34` is not formed as English"#),
        "{refused}"
    );
    assert!(
        refused.ends_with(r#""readings":[{"language":"vi","value":"12.34"},{"language":"en","value":"1234"}]}"#),
        "{refused}"
    );
}

#[test]
fn errors_say_how_to_write_it() {
    let error = refused("14/19 tiêu chí", Language::Vi);
    assert_eq!(error.to_string(), "`14/19 tiêu chí` holds more than one figure");
    assert_eq!(error.help(), "write one figure to a fact: `14` and `19`");
    let error = refused("12,34", Language::En);
    assert_eq!(
        error.help(),
        "English puts a comma between groups of three digits and a point before decimals; read as Vietnamese (`read_as: vi`) it is 12.34; with its groups mended it is 1,234"
    );
}
