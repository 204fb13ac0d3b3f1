//! What is reported of each theme, in the sizes of a province and of a commune.

use super::print::{Currency, Style};
use super::sheet::Builder;
use super::times::Time;
use super::units::Level;

/// What a source reports of one theme and quarter.
pub type Theme = fn(&mut Builder, &Time);

/// What a sheet reports of, and when.
pub struct Plan {
    /// The themes, each with a quarter in quarters back; together they are of every quarter from 2025-Q1 on.
    pub themes: Vec<(Theme, usize)>,
    /// After so many quarters it repeats itself.
    pub quarters: usize,
}

/// The plan of a sheet; the number tells communes apart.
pub fn plan(level: Level, number: u64) -> Plan {
    match level {
        // Seven themes, each of a quarter of its own; again a year before, so that there is growth.
        Level::Province => {
            let themes: [Theme; 7] = [
                Builder::delegations,
                Builder::investment,
                Builder::labour,
                Builder::aid,
                Builder::border,
                Builder::trade,
                Builder::partners,
            ];
            Plan { themes: themes.into_iter().zip(0..).collect(), quarters: 4 }
        }
        // Three themes. All communes report the delegations of the newest quarter, and so are ranked by them; of the other themes
        // each reports when it does.
        Level::Commune => {
            let third: Theme = if number.is_multiple_of(4) { Builder::labour } else { Builder::aid };
            let others: [Theme; 3] = [Builder::investment, third, Builder::delegations];
            let phase = usize::try_from(number % 3).unwrap_or(0);
            let themes = others.into_iter().cycle().skip(phase).zip(1..=6);
            Plan { themes: [(Builder::delegations as Theme, 0)].into_iter().chain(themes).collect(), quarters: 7 }
        }
    }
}

/// Millionths, in which percentages and means are kept.
const MILLION: i128 = 1_000_000;

/// Places abroad that units deal with.
const PLACES: [&str; 14] = [
    "svay-rieng",
    "prey-veng",
    "khammouane",
    "chungcheongnam-do",
    "trat",
    "hyogo",
    "sacramento",
    "leipzig",
    "xieng-khouang",
    "houaphanh",
    "bolikhamxay",
    "gyeonggi",
    "gifu",
    "ulyanovsk",
];

/// What the sheets measure beyond the catalogue.
pub const INDICATORS: [(&str, &str); 3] = [
    (
        "goods-exports-customs",
        "  goods-exports-customs: {label: {en: Goods exports by customs, vi: Xuất khẩu theo hải quan}, theme: trade, unit: USD, kind: flow}\n",
    ),
    (
        "goods-exports-dong",
        "  goods-exports-dong: {label: {en: Goods exports in dong, vi: Xuất khẩu tính bằng đồng}, theme: trade, unit: VND, kind: flow}\n",
    ),
    (
        "dollar-price",
        "  dollar-price: {label: {en: Price of a dollar, vi: Tỷ giá đô la}, theme: trade, unit: VND, kind: ratio}\n",
    ),
];

impl Builder {
    /// A number from the least to the greatest of a province, or of a commune: near the least where the unit is small.
    fn size(&mut self, province: (i128, i128), commune: (i128, i128)) -> i128 {
        let (least, greatest) = if self.level == Level::Province { province } else { commune };
        let part = (self.largeness + self.random.between(-50, 50)).clamp(0, 1_000);
        least + (greatest - least) * part / 1_000
    }

    /// The partners, how many they are said to be, and what was signed with them.
    pub fn partners(&mut self, time: &Time) {
        let places = self.places(5, 14);
        let stated = i128::try_from(places.len()).unwrap_or(0);
        // Earlier lists are not in the sheet, so that only the newest number is.
        if self.name_partners(&places, time) {
            let style = Style::Exactly("provinces and cities abroad", "tỉnh, thành phố nước ngoài");
            self.stock("partner-localities", time, stated, style);
            self.relation("count: {list: partners, stated: {}}", &["partner-localities"], time);
        }
        let signed = self.random.between(20, 90);
        self.revisable_flow("agreements-signed", time, signed, Style::Exactly("agreements", "thỏa thuận"));
    }

    fn places(&mut self, least: i128, most: i128) -> Vec<&'static str> {
        let count = usize::try_from(self.random.between(least, most)).unwrap_or(1);
        let first = usize::try_from(self.random.between(0, 13)).unwrap_or(0);
        PLACES.iter().cycle().skip(first).take(count).copied().collect()
    }

    pub fn delegations(&mut self, time: &Time) {
        let received = self.size((40, 150), (4, 60));
        let visitors = received * self.random.between(3, 12) + self.random.between(0, received);
        self.flow("delegations-received", time, received, Style::Exactly("delegations", "đoàn"));
        self.flow("visitors-received", time, visitors, Style::Exactly("visitors", "lượt khách"));
        if self.level == Level::Commune {
            self.relation("equation: \"{} >= {}\"", &["visitors-received", "delegations-received"], time);
            let places = self.places(1, 3);
            self.name_partners(&places, time);
            return;
        }
        let mean = MILLION * visitors / received;
        self.flow("visitors-per-delegation", time, mean, Style::Mean("visitors", "lượt khách"));
        let ids = ["visitors-received", "delegations-received", "visitors-per-delegation"];
        self.relation("mean: {total: {}, count: {}, mean: {}}", &ids, time);
        let large = self.random.between(received / 20, received / 4);
        self.flow("large-delegations-received", time, large, Style::Things("large delegations", "đoàn lớn"));
        self.relation("part: {part: {}, whole: {}}", &["large-delegations-received", "delegations-received"], time);
        let sent = self.random.between(20, 100);
        let members = sent * self.random.between(2, 9) + self.random.between(0, sent);
        self.flow("delegations-sent", time, sent, Style::Exactly("delegations", "đoàn"));
        self.flow("delegation-members-sent", time, members, Style::Exactly("people", "người"));
        self.flow("members-per-delegation-sent", time, MILLION * members / sent, Style::Mean("people", "người"));
        let ids = ["delegation-members-sent", "delegations-sent", "members-per-delegation-sent"];
        self.relation("equation: \"{} / {} = {}\"", &ids, time);
    }

    pub fn investment(&mut self, time: &Time) {
        let projects = self.size((60, 2_000), (3, 80));
        let operating = self.random.between((projects / 3).max(1), projects);
        self.stock("fdi-projects", time, projects, Style::Exactly("FDI projects", "dự án FDI"));
        self.stock("fdi-projects-operating", time, operating, Style::Exactly("projects", "dự án"));
        self.stock("fdi-operating-share", time, 100 * MILLION * operating / projects, Style::Percent);
        self.relation("part: {part: {}, whole: {}}", &["fdi-projects-operating", "fdi-projects"], time);
        let ids = ["fdi-projects-operating", "fdi-projects", "fdi-operating-share"];
        self.relation("percentage: {part: {}, whole: {}, percent: {}}", &ids, time);
        let capital = self.size((800_000_000, 12_000_000_000), (4_000_000, 600_000_000));
        if self.level == Level::Commune {
            self.revisable_stock("fdi-registered-capital", time, capital, Style::Money(Currency::Usd));
            return;
        }
        let invested = self.random.between(capital / 4, capital / 2);
        self.stock("fdi-registered-capital", time, capital, Style::Money(Currency::Usd));
        self.stock("fdi-operating-capital", time, invested, Style::Money(Currency::Usd));
        self.relation("part: {part: {}, whole: {}}", &["fdi-operating-capital", "fdi-registered-capital"], time);
        let (new, adjusted) = (self.random.between(5, 40), self.random.between(5, 20));
        self.flow("fdi-projects-new", time, new, Style::Exactly("new projects", "dự án cấp mới"));
        self.flow("fdi-projects-adjusted", time, adjusted, Style::Exactly("projects", "dự án"));
        self.flow("fdi-projects-new-and-adjusted", time, new + adjusted, Style::Exactly("projects in all", "dự án"));
        let ids = ["fdi-projects-new", "fdi-projects-adjusted", "fdi-projects-new-and-adjusted"];
        self.relation("total: {parts: [{}, {}], whole: {}}", &ids, time);
    }

    pub fn labour(&mut self, time: &Time) {
        let plan = self.size((500, 3_000), (20, 300));
        let workers = plan * self.random.between(85, 130) / 100;
        self.flow("workers-sent-abroad", time, workers, Style::Exactly("workers", "lao động"));
        self.flow("workers-sent-abroad-attainment", time, 100 * MILLION * workers / plan, Style::Percent);
        let ids = ["workers-sent-abroad", "workers-sent-abroad-attainment"];
        self.relation("attainment: {actual: {}, percent: {}}", &ids, time);
    }

    pub fn aid(&mut self, time: &Time) {
        let (least, most) = ((400_000, 1_500_000), (20_000, 200_000));
        let (projects, others) = (self.size(least, most), self.size(least, most));
        self.flow("ngo-project-aid", time, projects, Style::Money(Currency::Usd));
        self.flow("ngo-non-project-aid", time, others, Style::Money(Currency::Usd));
        self.flow("ngo-aid", time, projects + others, Style::Money(Currency::Usd));
        let ids = ["ngo-project-aid", "ngo-non-project-aid", "ngo-aid"];
        self.relation("total: {parts: [{}, {}], whole: {}}", &ids, time);
        if self.level == Level::Commune {
            return;
        }
        let (projects, others) = (self.random.between(2, 10), self.random.between(2, 15));
        self.flow("ngo-aid-grants", time, projects + others, Style::Exactly("grants", "khoản viện trợ"));
        self.flow("ngo-project-grants", time, projects, Style::Exactly("projects", "dự án"));
        self.flow("ngo-non-project-grants", time, others, Style::Exactly("grants", "khoản viện trợ"));
        let ids = ["ngo-aid-grants", "ngo-project-grants", "ngo-non-project-grants"];
        self.relation("difference: {from: {}, less: {}, is: {}}", &ids, time);
        let investment = self.random.between(2_000_000_000_000, 20_000_000_000_000);
        self.revisable_stock("oda-investment", time, investment, Style::Money(Currency::Vnd));
    }

    pub fn trade(&mut self, time: &Time) {
        let enterprises = self.random.between(200, 2_500);
        self.revisable_stock("trading-enterprises", time, enterprises, Style::Things("enterprises", "doanh nghiệp"));
        let amount = |back: usize, exports: &[i128]| exports.get(back).copied().unwrap_or(1);
        let (exports, before) = (amount(time.back, &self.exports), amount(time.back + 4, &self.exports));
        self.flow("goods-exports", time, exports, Style::Money(Currency::Usd));
        self.flow("goods-exports-customs", time, exports, Style::Money(Currency::Usd));
        self.relation("equal: {facts: [{}, {}]}", &["goods-exports", "goods-exports-customs"], time);
        let price = self.random.between(20_000, 26_000);
        self.stock("dollar-price", time, price, Style::Price);
        self.flow("goods-exports-dong", time, exports * price, Style::Money(Currency::Vnd));
        let ids = ["goods-exports", "dollar-price", "goods-exports-dong"];
        self.relation("conversion: {amount: {}, rate: {}, result: {}}", &ids, time);
        self.flow("goods-exports-growth", time, 100 * MILLION * (exports - before) / before, Style::Change);
        // Its own growth waits for the year before; that of the year after, written already, has waited for this.
        let Some(after) = time.year_after() else { return };
        let (current, rate) =
            (format!("goods-exports-{}", after.suffix), format!("goods-exports-growth-{}", after.suffix));
        if self.value(&current).is_some() && self.value(&rate).is_some() {
            let form = format!("growth: {{current: {current}, previous: {{}}, rate: {rate}}}");
            self.relation(&form, &["goods-exports"], time);
        }
    }

    pub fn border(&mut self, time: &Time) {
        let (letters, meetings) = (self.random.between(20, 90), self.random.between(20, 60));
        self.flow("border-gate-letters", time, letters, Style::Exactly("letters", "thư"));
        self.flow("border-gate-meetings", time, meetings, Style::Exactly("meetings", "cuộc hội đàm"));
        self.relation("equation: \"{} + {} >= 10\"", &["border-gate-letters", "border-gate-meetings"], time);
    }
}
