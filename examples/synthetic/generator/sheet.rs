//! A sheet: true values first, then figures that round them, so that every relation holds.

use super::events::event;
use super::print::{Phrases, Style, print, print_early, print_plainly};
use super::random::Random;
use super::themes::{INDICATORS, plan};
use super::times::{QUARTERS, Time};
use super::units::{Level, Unit};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

/// How large a sheet is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Its facts.
    pub facts: usize,
    /// Its relations, as far as the facts give any.
    pub relations: usize,
}

impl Size {
    /// What a briefing needs: of a province many pages, of a commune about three.
    pub const fn usual(level: Level) -> Size {
        match level {
            Level::Province => Size { facts: 60, relations: 30 },
            Level::Commune => Size { facts: 20, relations: 10 },
        }
    }
}

/// The sheet of a unit, the same for the same seed and number.
pub fn sheet(unit: &Unit, size: Size, seed: u64, number: u64) -> String {
    let mut random = Random::new(seed, number);
    let usual = random.between(1_000_000, 12_000_000);
    let largeness = random.between(0, 1_000);
    let mut builder = Builder {
        largeness,
        exports: (0..QUARTERS + 4).map(|_| usual * random.between(85, 115)).collect(),
        publishers: unit.publishers(),
        level: unit.level(),
        random,
        size,
        facts: Vec::new(),
        relations: Vec::new(),
        sources: BTreeMap::new(),
        partners: Vec::new(),
        events: Vec::new(),
        allowances: Vec::new(),
    };
    builder.fill(number);
    builder.more_relations();
    builder.write(unit)
}

struct Fact {
    id: String,
    value: i128,
    /// Whether it counts delegations or projects, of which the fewer may be a part of the more.
    counted: bool,
    text: String,
}

/// A sheet as it grows.
pub struct Builder {
    /// What a quarter's exports are a multiple of, for each quarter.
    pub exports: Vec<i128>,
    pub level: Level,
    /// How large the unit is among its peers, in thousandths.
    pub largeness: i128,
    pub random: Random,
    publishers: (String, String),
    size: Size,
    facts: Vec<Fact>,
    relations: Vec<String>,
    /// Those of each quarter, the oldest first, by their ids.
    sources: BTreeMap<(Reverse<usize>, String), String>,
    partners: Vec<String>,
    events: Vec<String>,
    allowances: Vec<String>,
}

/// How a fact may have been printed before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vintages {
    /// As it is.
    One,
    /// Maybe otherwise, by a source of its own quarter.
    Maybe,
}

impl Builder {
    fn is_full(&self) -> bool {
        self.facts.len() >= self.size.facts
    }

    /// Reports of the themes of its plan, and repeats it further back as long as facts are wanted.
    fn fill(&mut self, number: u64) {
        let plan = plan(self.level, number);
        for round in 0..QUARTERS / plan.quarters - 2 {
            for (theme, back) in &plan.themes {
                if self.is_full() {
                    return;
                }
                let time = Time::new(back + plan.quarters * round);
                theme(self, &time);
                if round == 0 && self.random.chance(if self.level == Level::Province { 50 } else { 20 }) {
                    let source = self.source(&time, "en");
                    self.events.push(event(&time, &source, &mut self.random));
                }
            }
        }
    }

    /// The true value of a fact, if the sheet has it.
    pub fn value(&self, id: &str) -> Option<i128> {
        self.facts.iter().find(|fact| fact.id == id).map(|fact| fact.value)
    }

    /// The id of the source of a quarter in one language.
    fn source(&mut self, time: &Time, language: &str) -> String {
        let (kind, publisher) = match language {
            "en" => ("bulletin", &self.publishers.0),
            _ => ("bao", &self.publishers.1),
        };
        let id = format!("{kind}-{}", time.suffix);
        let day = &time.published;
        let line = format!("  {id}: {{publisher: \"{publisher}\", published: {day}, language: {language}}}\n");
        self.sources.insert((Reverse(time.back), id.clone()), line);
        id
    }

    /// Adds a fact, printed by one source or by two; nothing once the sheet is full.
    fn fact(&mut self, indicator: &str, time: &Time, when: &str, value: i128, style: Style, vintages: Vintages) {
        if self.is_full() {
            return;
        }
        let id = format!("{indicator}-{}", time.suffix);
        let revised = time.next().filter(|_| vintages == Vintages::Maybe && self.random.chance(35));
        let printed = if let Some(later) = revised {
            self.revised(&id, time, &later, value, style)
        } else {
            let phrases = print(value, style, &mut self.random);
            self.printed(time, &phrases)
        };
        let text = format!("  - indicator: {indicator}\n    id: {id}\n    {when}\n    printed: {{{printed}}}\n");
        let counted = indicator.starts_with("fdi-projects") || indicator.starts_with("delegations");
        self.facts.push(Fact { id, value, counted, text });
    }

    /// A figure as one language's source prints it, or both; a commune publishes little in two languages.
    fn printed(&mut self, time: &Time, phrases: &Phrases) -> String {
        let (first, second) = match (self.level, self.random.between(1, 10)) {
            (Level::Province, 1..=4) | (Level::Commune, 10) => (true, true),
            (Level::Province, 5..=7) | (Level::Commune, _) => (true, false),
            (Level::Province, _) => (false, true),
        };
        let mut printed = Vec::new();
        if first {
            printed.push(format!("{}: \"{}\"", self.source(time, "en"), phrases.english));
        }
        if second {
            printed.push(format!("{}: \"{}\"", self.source(time, "vi"), phrases.vietnamese));
        }
        printed.join(", ")
    }

    /// A figure as its quarter's source estimates it, and as that of the next quarter knows it.
    fn revised(&mut self, id: &str, time: &Time, later: &Time, value: i128, style: Style) -> String {
        let (earlier, later) = (self.source(time, "en"), self.source(later, "en"));
        let early = if self.random.chance(50) && value >= 200 {
            print_early(value, style, &mut self.random)
        } else {
            // By two parts in a hundred or more, which no rounding of three digits hides.
            let change = (value * self.random.between(2, 6) / 100).max(1);
            let reason = "the next quarter's bulletin revised the figure";
            self.allowances.push(format!("  - {{code: sources-disagree, fact: {id}, reason: {reason}}}\n"));
            print_plainly(value - change, style, &mut self.random)
        };
        let late = print_plainly(value, style, &mut self.random);
        format!("{later}: \"{}\", {earlier}: \"{}\"", late.english, early.english)
    }

    pub fn flow(&mut self, indicator: &str, time: &Time, value: i128, style: Style) {
        self.fact(indicator, time, &format!("period: {}", time.period), value, style, Vintages::One);
    }

    pub fn stock(&mut self, indicator: &str, time: &Time, value: i128, style: Style) {
        self.fact(indicator, time, &format!("as_of: {}", time.date), value, style, Vintages::One);
    }

    /// A stock that is in no relation, and that a later source may have revised.
    pub fn revisable_stock(&mut self, indicator: &str, time: &Time, value: i128, style: Style) {
        self.fact(indicator, time, &format!("as_of: {}", time.date), value, style, Vintages::Maybe);
    }

    /// A flow that is in no relation, and that a later source may have revised.
    pub fn revisable_flow(&mut self, indicator: &str, time: &Time, value: i128, style: Style) {
        self.fact(indicator, time, &format!("period: {}", time.period), value, style, Vintages::Maybe);
    }

    /// Adds a relation if the sheet has all of its facts; `{}` stands for the time in each id.
    pub fn relation(&mut self, form: &str, ids: &[&str], time: &Time) {
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

    pub fn add(&mut self, relation: &str) {
        let line = format!("  - {relation}\n");
        if self.relations.len() < self.size.relations && !self.relations.contains(&line) {
            self.relations.push(line);
        }
    }

    /// Names the partners, all from one source; false if they are named already.
    pub fn name_partners(&mut self, places: &[&str], time: &Time) -> bool {
        if !self.partners.is_empty() {
            return false;
        }
        let source = self.source(time, "en");
        self.partners = places.iter().map(|place| format!("  - {{place: {place}, source: {source}}}\n")).collect();
        true
    }

    /// The growth of the quarters whose year before is not in the sheet and is derived; then, as long as relations are wanted, of two
    /// facts with one unit that the lesser is part of the greater.
    fn more_relations(&mut self) {
        for time in (0..QUARTERS).map(Time::new) {
            if self.relations.len() >= self.size.relations {
                return;
            }
            if self.value(&format!("goods-exports-{}", time.year_before().suffix)).is_none() {
                self.relation("growth: {current: {}, rate: {}}", &["goods-exports", "goods-exports-growth"], &time);
            }
        }
        let mut facts: Vec<(i128, String)> =
            self.facts.iter().filter(|fact| fact.counted).map(|fact| (fact.value, fact.id.clone())).collect();
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

    fn write(self, unit: &Unit) -> String {
        let mut text = unit.head();
        text.push_str("\nsources:\n");
        text.extend(self.sources.values().map(String::as_str));
        let indicators: Vec<&str> = INDICATORS
            .iter()
            .filter(|(id, _)| self.facts.iter().any(|fact| fact.text.contains(&format!("indicator: {id}\n"))))
            .map(|(_, line)| *line)
            .collect();
        let parts = [
            ("indicators", indicators.concat()),
            ("facts", self.facts.iter().map(|fact| fact.text.as_str()).collect()),
            ("partners", self.partners.concat()),
            ("events", self.events.concat()),
            ("relations", self.relations.concat()),
            ("allow", self.allowances.concat()),
        ];
        for (key, entries) in parts.iter().filter(|(_, entries)| !entries.is_empty()) {
            let _ = write!(text, "\n{key}:\n{entries}");
        }
        text
    }
}
