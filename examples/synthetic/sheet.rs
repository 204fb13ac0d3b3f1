//! Fact sheets that nobody wrote: true values first, then figures that round them, so that every relation holds.

use super::print::{Currency, Style, print};
use super::random::Random;

/// How large a sheet is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Its facts.
    pub facts: usize,
    /// Its relations, as far as the facts give any.
    pub relations: usize,
}

/// The sheet of a province, the same for the same seed and number.
pub fn sheet(province: &str, size: Size, seed: u64, number: u64) -> String {
    let mut random = Random::new(seed, number);
    let usual = random.between(1_000_000, 12_000_000);
    let mut builder = Builder {
        exports: (0..QUARTERS + 24).map(|_| usual * random.between(85, 115)).collect(),
        random,
        size,
        facts: Vec::new(),
        relations: Vec::new(),
        sources: Vec::new(),
    };
    builder.partners();
    for time in times() {
        if builder.is_full() {
            break;
        }
        builder.time(&time);
    }
    builder.more_relations();
    builder.write(province)
}

/// A span that sources report on.
struct Time {
    /// The ending of the ids of its facts.
    suffix: String,
    /// The period of its flows.
    period: String,
    /// The date of its stocks.
    date: String,
    /// When its sources were published.
    published: String,
    /// The ending of the ids of the span a year earlier.
    year_before: String,
    /// The ending of the ids of the span a year later.
    year_after: String,
    /// Where its exports stand, and those of the span a year earlier.
    place: usize,
    place_before: usize,
    /// Whether the span is a quarter, with a sixth of a year's flows.
    quarter: bool,
}

/// Twelve years back from 2024, then the quarters of as many as are asked for.
fn times() -> impl Iterator<Item = Time> {
    let years = (0..12_usize).map(|back| {
        let year = 2024 - back;
        Time {
            suffix: year.to_string(),
            period: year.to_string(),
            date: format!("{year}-12"),
            published: format!("{}-02-10", year + 1),
            year_before: (year - 1).to_string(),
            year_after: (year + 1).to_string(),
            place: back,
            place_before: back + 1,
            quarter: false,
        }
    });
    let quarters = (0..QUARTERS).map(|back| {
        let (year, quarter) = (2024 - back / 4, 4 - back % 4);
        Time {
            suffix: format!("{year}-q{quarter}"),
            period: format!("{year}-Q{quarter}"),
            date: format!("{year}-{:02}", quarter * 3 - 1),
            published: format!("{}-03-15", year + 1),
            year_before: format!("{}-q{quarter}", year - 1),
            year_after: format!("{}-q{quarter}", year + 1),
            place: 20 + back,
            place_before: 24 + back,
            quarter: true,
        }
    });
    years.chain(quarters)
}

/// The quarters of 125 years, enough for five thousand facts of one province and beyond.
const QUARTERS: usize = 500;

struct Fact {
    id: String,
    value: i128,
    text: String,
}

struct Builder {
    /// A sixth of a year's exports, for each span.
    exports: Vec<i128>,
    random: Random,
    size: Size,
    facts: Vec<Fact>,
    relations: Vec<String>,
    sources: Vec<(String, String)>,
}

/// Millionths, in which percentages and means are kept.
const MILLION: i128 = 1_000_000;

/// Places abroad, all of the catalogue.
const PLACES: &[&str] = &[
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
const INDICATORS: &str = "\
indicators:
  goods-exports-customs: {label: {en: Goods exports by customs, vi: Xuất khẩu theo hải quan}, theme: trade, unit: USD, kind: flow}
  goods-exports-dong: {label: {en: Goods exports in dong, vi: Xuất khẩu tính bằng đồng}, theme: trade, unit: VND, kind: flow}
  dollar-price: {label: {en: Price of a dollar, vi: Tỷ giá đô la}, theme: trade, unit: VND, kind: ratio}
";

impl Builder {
    fn is_full(&self) -> bool {
        self.facts.len() >= self.size.facts
    }

    /// The true value of a fact, if the sheet has it.
    fn value(&self, id: &str) -> Option<i128> {
        self.facts.iter().find(|fact| fact.id == id).map(|fact| fact.value)
    }

    /// Adds a fact, printed by one source or by two; nothing once the sheet is full.
    fn fact(&mut self, indicator: &str, time: &Time, when: &str, value: i128, style: Style) {
        if self.is_full() {
            return;
        }
        let id = format!("{indicator}-{}", time.suffix);
        let (english, vietnamese) = (format!("bulletin-{}", time.suffix), format!("bao-{}", time.suffix));
        for (source, language) in [(&english, "en"), (&vietnamese, "vi")] {
            if !self.sources.iter().any(|(known, _)| known == source) {
                let name = if language == "en" { "Statistics Bulletin" } else { "Báo tỉnh" };
                let day = &time.published;
                let line = format!("  {source}: {{publisher: {name}, published: {day}, language: {language}}}\n");
                self.sources.push((source.clone(), line));
            }
        }
        let phrases = print(value, style, &mut self.random);
        let (first, second) =
            (format!("{english}: \"{}\"", phrases.english), format!("{vietnamese}: \"{}\"", phrases.vietnamese));
        let printed = match self.random.between(1, 10) {
            1..=4 => format!("{first}, {second}"),
            5..=7 => first,
            _ => second,
        };
        let text = format!("  - indicator: {indicator}\n    id: {id}\n    {when}\n    printed: {{{printed}}}\n");
        self.facts.push(Fact { id, value, text });
    }

    fn flow(&mut self, indicator: &str, time: &Time, value: i128, style: Style) {
        self.fact(indicator, time, &format!("period: {}", time.period), value, style);
    }

    fn stock(&mut self, indicator: &str, time: &Time, value: i128, style: Style) {
        self.fact(indicator, time, &format!("as_of: {}", time.date), value, style);
    }

    /// Adds a relation if the sheet has all of its facts; `{}` stands for the time in each id.
    fn relation(&mut self, form: &str, ids: &[&str], time: &Time) {
        let mut text = form.to_owned();
        for id in ids {
            let full = format!("{id}-{}", time.suffix);
            if self.value(&full).is_none() {
                return;
            }
            text = text.replacen("{}", &full, 1);
        }
        self.add(&text);
    }

    fn add(&mut self, relation: &str) {
        if self.relations.len() < self.size.relations {
            self.relations.push(format!("  - {relation}\n"));
        }
    }

    /// The partners, how many they are said to be, and two lists to count.
    fn partners(&mut self) {
        let Some(time) = times().next() else { return };
        let count = |length: usize| i128::try_from(length).unwrap_or(0);
        self.stock(
            "partner-localities",
            &time,
            count(PLACES.len()),
            Style::Exactly("provinces and cities abroad", "tỉnh, thành phố nước ngoài"),
        );
        self.relation("count: {list: partners, stated: {}}", &["partner-localities"], &time);
        self.stock("border-provinces-abroad", &time, 2, Style::Exactly("neighbouring provinces", "tỉnh láng giềng"));
        self.relation("count: {list: [svay-rieng, prey-veng], stated: {}}", &["border-provinces-abroad"], &time);
    }

    /// Everything that is reported of one span.
    fn time(&mut self, time: &Time) {
        self.trade(time);
        self.investment(time);
        self.delegations(time);
        self.labour(time);
        self.aid(time);
        self.border(time);
    }

    /// A flow of a span from the least to the greatest of a year.
    fn size(&mut self, time: &Time, least: i128, greatest: i128) -> i128 {
        let parts = if time.quarter { 6 } else { 1 };
        self.random.between(least / parts, greatest / parts)
    }

    fn trade(&mut self, time: &Time) {
        // A quarter has a sixth of what a year has.
        let sixths = if time.quarter { 1 } else { 6 };
        let amount = |place: usize, exports: &[i128]| exports.get(place).map_or(1, |amount| amount * sixths);
        let (exports, before) = (amount(time.place, &self.exports), amount(time.place_before, &self.exports));
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
        let (current, rate) =
            (format!("goods-exports-{}", time.year_after), format!("goods-exports-growth-{}", time.year_after));
        if self.value(&current).is_some() && self.value(&rate).is_some() {
            let form = format!("growth: {{current: {current}, previous: {{}}, rate: {rate}}}");
            self.relation(&form, &["goods-exports"], time);
        }
    }

    fn investment(&mut self, time: &Time) {
        let projects = self.random.between(60, 2_000);
        let operating = self.random.between(projects / 3, projects);
        self.stock("fdi-projects", time, projects, Style::Exactly("FDI projects", "dự án FDI"));
        self.stock("fdi-projects-operating", time, operating, Style::Exactly("projects", "dự án"));
        self.stock("fdi-operating-share", time, 100 * MILLION * operating / projects, Style::Percent);
        self.relation("part: {part: {}, whole: {}}", &["fdi-projects-operating", "fdi-projects"], time);
        let ids = ["fdi-projects-operating", "fdi-projects", "fdi-operating-share"];
        self.relation("percentage: {part: {}, whole: {}, percent: {}}", &ids, time);
        let capital = self.random.between(800_000_000, 12_000_000_000);
        let invested = self.random.between(capital / 4, capital / 2);
        self.stock("fdi-registered-capital", time, capital, Style::Money(Currency::Usd));
        self.stock("fdi-operating-capital", time, invested, Style::Money(Currency::Usd));
        self.relation("part: {part: {}, whole: {}}", &["fdi-operating-capital", "fdi-registered-capital"], time);
        let (new, adjusted) = (self.size(time, 30, 240), self.size(time, 30, 120));
        self.flow("fdi-projects-new", time, new, Style::Exactly("new projects", "dự án cấp mới"));
        self.flow("fdi-projects-adjusted", time, adjusted, Style::Exactly("projects", "dự án"));
        self.flow("fdi-projects-new-and-adjusted", time, new + adjusted, Style::Exactly("projects in all", "dự án"));
        let ids = ["fdi-projects-new", "fdi-projects-adjusted", "fdi-projects-new-and-adjusted"];
        self.relation("total: {parts: [{}, {}], whole: {}}", &ids, time);
    }

    fn delegations(&mut self, time: &Time) {
        let received = self.size(time, 240, 900);
        let visitors = received * self.random.between(3, 12) + self.random.between(0, received);
        let large = self.random.between(received / 20, received / 4);
        self.flow("delegations-received", time, received, Style::Exactly("delegations", "đoàn"));
        self.flow("visitors-received", time, visitors, Style::Exactly("visitors", "lượt khách"));
        self.flow(
            "visitors-per-delegation",
            time,
            MILLION * visitors / received,
            Style::Mean("visitors", "lượt khách"),
        );
        self.flow("large-delegations-received", time, large, Style::Things("large delegations", "đoàn lớn"));
        let ids = ["visitors-received", "delegations-received", "visitors-per-delegation"];
        self.relation("mean: {total: {}, count: {}, mean: {}}", &ids, time);
        self.relation("part: {part: {}, whole: {}}", &["large-delegations-received", "delegations-received"], time);
        let sent = self.size(time, 120, 600);
        let members = sent * self.random.between(2, 9) + self.random.between(0, sent);
        self.flow("delegations-sent", time, sent, Style::Exactly("delegations", "đoàn"));
        self.flow("delegation-members-sent", time, members, Style::Exactly("people", "người"));
        self.flow("members-per-delegation-sent", time, MILLION * members / sent, Style::Mean("people", "người"));
        let ids = ["delegation-members-sent", "delegations-sent", "members-per-delegation-sent"];
        self.relation("equation: \"{} / {} = {}\"", &ids, time);
    }

    fn labour(&mut self, time: &Time) {
        let plan = self.size(time, 3_000, 18_000);
        let workers = plan * self.random.between(85, 130) / 100;
        self.flow("workers-sent-abroad", time, workers, Style::Exactly("workers", "lao động"));
        self.flow("workers-sent-abroad-attainment", time, 100 * MILLION * workers / plan, Style::Percent);
        let ids = ["workers-sent-abroad", "workers-sent-abroad-attainment"];
        self.relation("attainment: {actual: {}, percent: {}}", &ids, time);
    }

    fn aid(&mut self, time: &Time) {
        let (projects, others) = (self.size(time, 2_400_000, 9_000_000), self.size(time, 1_200_000, 4_000_000));
        self.flow("ngo-project-aid", time, projects, Style::Money(Currency::Usd));
        self.flow("ngo-non-project-aid", time, others, Style::Money(Currency::Usd));
        self.flow("ngo-aid", time, projects + others, Style::Money(Currency::Usd));
        let ids = ["ngo-project-aid", "ngo-non-project-aid", "ngo-aid"];
        self.relation("total: {parts: [{}, {}], whole: {}}", &ids, time);
        let (projects, others) = (self.size(time, 12, 60), self.size(time, 12, 90));
        self.flow("ngo-aid-grants", time, projects + others, Style::Exactly("grants", "khoản viện trợ"));
        self.flow("ngo-project-grants", time, projects, Style::Exactly("projects", "dự án"));
        self.flow("ngo-non-project-grants", time, others, Style::Exactly("grants", "khoản viện trợ"));
        let ids = ["ngo-aid-grants", "ngo-project-grants", "ngo-non-project-grants"];
        self.relation("difference: {from: {}, less: {}, is: {}}", &ids, time);
    }

    fn border(&mut self, time: &Time) {
        let (letters, meetings) = (self.size(time, 60, 400), self.size(time, 60, 300));
        self.flow("border-gate-letters", time, letters, Style::Exactly("letters", "thư"));
        self.flow("border-gate-meetings", time, meetings, Style::Exactly("meetings", "cuộc hội đàm"));
        self.relation("equation: \"{} + {} >= 10\"", &["border-gate-letters", "border-gate-meetings"], time);
    }

    /// The growth of the last span, whose year before is not in the sheet and is derived; then, as long as relations are
    /// wanted, of two facts with one unit that the lesser is part of the greater.
    fn more_relations(&mut self) {
        for time in times().collect::<Vec<Time>>() {
            if self.value(&format!("goods-exports-{}", time.year_before)).is_none() {
                let ids = ["goods-exports", "goods-exports-growth"];
                self.relation("growth: {current: {}, rate: {}}", &ids, &time);
            }
        }
        let counted = |fact: &&Fact| fact.text.contains("fdi-projects") || fact.text.contains("delegations");
        let mut facts: Vec<(i128, String)> =
            self.facts.iter().filter(counted).map(|fact| (fact.value, fact.id.clone())).collect();
        facts.sort();
        for apart in 1..facts.len() {
            for (one, other) in facts.iter().zip(facts.iter().skip(apart)) {
                if self.relations.len() >= self.size.relations {
                    return;
                }
                self.add(&format!("part: {{part: {}, whole: {}}}", one.1, other.1));
            }
        }
    }

    fn write(self, province: &str) -> String {
        let mut text = format!("schema: 1\nprovince: {province}\n\nsources:\n");
        text.extend(self.sources.iter().map(|(_, line)| line.as_str()));
        text.push('\n');
        text.push_str(INDICATORS);
        text.push_str("\nfacts:\n");
        text.extend(self.facts.iter().map(|fact| fact.text.as_str()));
        if let Some((source, _)) = self.sources.first() {
            text.push_str("\npartners:\n");
            text.extend(PLACES.iter().map(|place| format!("  - {{place: {place}, source: {source}}}\n")));
        }
        if !self.relations.is_empty() {
            text.push_str("\nrelations:\n");
            text.extend(self.relations);
        }
        text
    }
}
