//! A sheet without whatever was published after a day, written anew from its structure alone: nothing of the program that is tested
//! decides what goes.

use brief::calendar::{PartialDate, Period};
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// YAML with its scalars as texts and its keys in their order.
#[derive(Debug, Clone)]
enum Node {
    Text(String),
    Number(i64),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// The sheet as it could have been written on a day.
pub fn known_by(sheet: &str, day: NaiveDate) -> String {
    let mut sheet: Node = serde_saphyr::from_str(sheet).unwrap();
    let later: BTreeSet<String> = sheet
        .get("sources")
        .entries()
        .filter(|(_, source)| last_day(source.get("published")) > day)
        .map(|(id, _)| id.clone())
        .collect();
    if let Some(Node::Map(sources)) = sheet.get_mut("sources") {
        sources.retain(|(id, _)| !later.contains(id));
    }
    for part in ["partners", "events"] {
        if let Some(Node::List(entries)) = sheet.get_mut(part) {
            entries.retain(|entry| !later.contains(entry.get("source").text()));
        }
    }
    let mut gone: BTreeSet<String> = BTreeSet::new();
    if let Some(Node::List(facts)) = sheet.get_mut("facts") {
        facts.retain_mut(|fact| {
            let id = id_of(fact).to_owned();
            let Some(Node::Map(printed)) = fact.get_mut("printed") else { panic!("a fact is printed") };
            printed.retain(|(source, _)| !later.contains(source));
            let is_known = !printed.is_empty();
            if !is_known {
                gone.insert(id);
            }
            is_known
        });
    }
    let no_partners = sheet.get("partners").items().next().is_none();
    if let Some(Node::List(relations)) = sheet.get_mut("relations") {
        // A relation that goes takes with it what it derives.
        loop {
            let before = relations.len();
            relations.retain(|relation| {
                let counts_nobody = no_partners && relation.get("count").get("list").text() == "partners";
                let goes = counts_nobody || operands(relation).iter().any(|id| gone.contains(id));
                if goes {
                    gone.extend(derived(relation));
                }
                !goes
            });
            if relations.len() == before {
                break;
            }
        }
    }
    if let Some(Node::List(allowances)) = sheet.get_mut("allow") {
        allowances.retain(|allowance| !gone.contains(allowance.get("fact").text()));
    }
    let used: BTreeSet<String> = texts(sheet.get("facts")).chain(texts(sheet.get("relations"))).collect();
    if let Some(Node::Map(indicators)) = sheet.get_mut("indicators") {
        indicators.retain(|(id, _)| used.contains(id));
    }
    let mut written = String::new();
    sheet.write(&mut written);
    written
}

fn last_day(published: &Node) -> NaiveDate {
    match published {
        Node::Map(_) => published.get("estimated").text().parse::<Period>().unwrap().end().unwrap(),
        Node::Number(year) => NaiveDate::from_ymd_opt(i32::try_from(*year).unwrap(), 12, 31).unwrap(),
        date => date.text().parse::<PartialDate>().unwrap().last_day(),
    }
}

fn id_of(entry: &Node) -> &str {
    match entry.get("id").text() {
        "" if entry.get("derive").text().is_empty() => entry.get("indicator").text(),
        "" => entry.get("derive").text(),
        id => id,
    }
}

/// The ids that a relation names: of an equation, all of its words.
fn operands(relation: &Node) -> Vec<String> {
    match relation {
        Node::Text(text) => text.split(' ').map(str::to_owned).collect(),
        Node::Number(_) => Vec::new(),
        Node::List(items) => items.iter().flat_map(operands).collect(),
        Node::Map(entries) if entries.iter().any(|(key, _)| key == "derive") => Vec::new(),
        Node::Map(entries) => {
            entries.iter().filter(|(key, _)| key != "list").flat_map(|(_, value)| operands(value)).collect()
        }
    }
}

/// The ids that a relation derives.
fn derived(relation: &Node) -> Vec<String> {
    match relation {
        Node::Text(_) | Node::Number(_) => Vec::new(),
        Node::List(items) => items.iter().flat_map(derived).collect(),
        Node::Map(entries) if entries.iter().any(|(key, _)| key == "derive") => vec![id_of(relation).to_owned()],
        Node::Map(entries) => entries.iter().flat_map(|(_, value)| derived(value)).collect(),
    }
}

fn texts(node: &Node) -> Box<dyn Iterator<Item = String> + '_> {
    match node {
        Node::Text(text) => Box::new(std::iter::once(text.clone())),
        Node::Number(_) => Box::new(std::iter::empty()),
        Node::List(items) => Box::new(items.iter().flat_map(texts)),
        Node::Map(entries) => Box::new(entries.iter().flat_map(|(_, value)| texts(value))),
    }
}

static NOTHING: Node = Node::Map(Vec::new());

impl Node {
    fn get(&self, key: &str) -> &Node {
        self.entries().find(|(other, _)| other == key).map_or(&NOTHING, |(_, value)| value)
    }

    fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let Node::Map(entries) = self else { return None };
        entries.iter_mut().find(|(other, _)| other == key).map(|(_, value)| value)
    }

    fn entries(&self) -> impl Iterator<Item = &(String, Node)> {
        let entries = if let Node::Map(entries) = self { entries.as_slice() } else { &[] };
        entries.iter()
    }

    fn items(&self) -> impl Iterator<Item = &Node> {
        let items = if let Node::List(items) = self { items.as_slice() } else { &[] };
        items.iter()
    }

    fn text(&self) -> &str {
        if let Node::Text(text) = self { text } else { "" }
    }

    /// Writes JSON, which is YAML.
    fn write(&self, out: &mut String) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        match self {
            Node::Text(text) => out.push_str(&quoted(text)),
            Node::Number(number) => out.push_str(&number.to_string()),
            Node::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    out.push_str(if place == 0 { "\n" } else { ",\n" });
                    item.write(out);
                }
                out.push(']');
            }
            Node::Map(entries) => {
                out.push('{');
                for (place, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if place == 0 { "" } else { ", " });
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a part of a sheet; numbers with a point are quoted, as JSON would lose their last zeros")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(i64::try_from(number).unwrap()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map: Vec<(String, Node)> = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Node, Node>()? {
            let key = match key {
                Node::Number(number) => number.to_string(),
                key => key.text().to_owned(),
            };
            map.push((key, value));
        }
        Ok(Node::Map(map))
    }
}

/// What goes and what stays, judged by a sheet that is short enough to be read at a glance.
#[test]
fn nothing_later_stays_and_nothing_else_goes() {
    let sheet = "
sources: {old: {published: 2020}, new: {published: {estimated: 2021-01..2021-02}}}
facts:
  - {indicator: a, printed: {old: 1 a, new: 2 a}}
  - {indicator: b, id: c, printed: {new: 3 b}}
partners: [{place: x, source: new}]
relations: [{part: {part: a, whole: {derive: d}}}, {part: {part: c, whole: {derive: e}}}, {equal: [a, e]}, {count: {list: partners, stated: a}}]
allow: [{code: z, fact: c}, {code: z}]
";
    let words = |day: &str| -> BTreeMap<char, usize> {
        let text = known_by(sheet, day.parse().unwrap());
        text.chars().filter(char::is_ascii_digit).fold(BTreeMap::new(), |mut counts, digit| {
            *counts.entry(digit).or_default() += 1;
            counts
        })
    };
    assert!(known_by(sheet, "2021-02-28".parse().unwrap()).contains("3 b"));
    assert!(!words("2021-02-27").contains_key(&'3'));
    let then = known_by(sheet, "2021-02-27".parse().unwrap());
    assert!(then.contains("\"derive\": \"d\"") && !then.contains("derive\": \"e") && !then.contains("count"), "{then}");
    assert!(!then.contains("\"fact\"") && then.contains("\"z\""), "{then}");
}
