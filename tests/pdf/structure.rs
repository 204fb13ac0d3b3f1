//! The structure tree says what the pages show, in the order in which it is read.

use super::archive::{SAMPLES, Sample};
use super::pdf_reader::{Kid, Node, sequences, structure};
use super::{ENGLISH, FONTS, load, pdf, set};
use brief::pdf::write;
use brief::typeset::style::Colour;
use brief::typeset::{Element, ElementId, FrameItem, Role, Segment, Shape, Stroke};
use lopdf::{Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn a_document_is_told_as_it_is_read() {
    let markdown = "\
---
title: Nghe An
kicker: Briefing
edition: 2026 Q3
---
# Nghe An

#### Exports[^1]

They grew, says [the *office*](https://example.org):

1. goods
   - rice
2. services

|  | **2022** | 2023 |
|---|---:|---:|
| Exports | 2.19 | 2.45[^1] |
| Aid |  | – |

![Exports rose
 by an eighth.](exports.svg)

> Quoted.

```
code
```

## Sources

[^1]: The newspaper.
";
    let told = "\
Document
  P \"BRIEFING\"
  H1 \"Nghe An\"
  P \"2026 Q3\"
  H2
    \"Exports\"
    Link \" [1]\"
  P
    \"They grew, says \"
    Link \"the office\"
    \":\"
  L ListNumbering=Decimal
    LI
      Lbl \"1.\"
      LBody
        P \"goods\"
        L ListNumbering=Disc
          LI
            Lbl \"•\"
            LBody
              P \"rice\"
    LI
      Lbl \"2.\"
      LBody
        P \"services\"
  Table
    THead
      TR
        TD
        TH Scope=Column \"2022\"
        TH Scope=Column \"2023\"
    TBody
      TR
        TH Scope=Row \"Exports\"
        TD \"2.19\"
        TD
          \"2.45\"
          Link \" [1]\"
      TR
        TH Scope=Row \"Aid\"
        TD
        TD \"–\"
  Figure Alt=Exports rose by an eighth. \"Exports rose by an eighth.\"
  BlockQuote
    P \"Quoted.\"
  Code \"code\"
  H2 \"Sources\"
  Note
    Lbl
      Link \"1\"
    P \"The newspaper.\"
";
    let read = structure(&pdf(markdown)).told();
    assert!(read == told, "{read}");
}

/// Every element of a document by its object.
fn by_id(tree: &Node) -> BTreeMap<ObjectId, &Node> {
    tree.all().into_iter().map(|node| (node.id, node)).collect()
}

/// The entries of the parent tree.
fn parents(document: &Document) -> BTreeMap<i64, Object> {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let tree = document.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
    let numbers = document.get_dictionary(tree).unwrap().get(b"Nums").unwrap().as_array().unwrap();
    numbers.chunks(2).map(|pair| (pair[0].as_i64().unwrap(), pair[1].clone())).collect()
}

#[test]
fn whatever_is_drawn_is_in_one_element_or_an_artifact() {
    for Sample { name, bytes, tree } in SAMPLES.iter() {
        let document = load(bytes);
        let (elements, parents) = (by_id(tree), parents(&document));
        let mut held: BTreeMap<(usize, i64), ObjectId> = BTreeMap::new();
        for node in tree.all() {
            for kid in &node.kids {
                if let Kid::Text(page, number, _) = kid {
                    assert!(held.insert((*page, *number), node.id).is_none(), "{name}: two elements hold one text");
                }
            }
        }
        for (index, page) in document.get_pages().into_values().enumerate() {
            let key = document.get_dictionary(page).unwrap().get(b"StructParents").unwrap().as_i64().unwrap();
            let owners = parents[&key].as_array().unwrap();
            let mut count = 0;
            for sequence in sequences(&document, page).iter().filter(|sequence| sequence.is_drawn) {
                match sequence.number() {
                    Some(number) => {
                        let owner = held.remove(&(index, number)).unwrap();
                        assert_eq!(owners[usize::try_from(number).unwrap()].as_reference().unwrap(), owner, "{name}");
                        // A heading's level is the tree's to say, and so is what a link leads to.
                        let tag = &elements[&owner].tag;
                        let is_alike =
                            *tag == sequence.tag || tag.starts_with('H') || ["Span", "TD"].contains(&tag.as_str());
                        assert!(is_alike, "{name}: `{}` is marked as {}", tag, sequence.tag);
                        count += 1;
                    }
                    None => assert_eq!(sequence.tag, "Artifact", "{name}: `{}` is not marked", sequence.text),
                }
            }
            assert_eq!(count, owners.len(), "{name}: the parent tree knows of other text");
        }
        assert!(held.is_empty(), "{name}: elements hold what no page shows");
    }
}

#[test]
fn what_an_element_holds_is_read_as_it_begins_on_the_pages() {
    // A row of cells or of key figures may be drawn line by line over all of them: each is read whole, one after the other.
    for Sample { name, tree, .. } in SAMPLES.iter() {
        for node in tree.all() {
            let starts: Vec<(usize, i64)> = node.kids.iter().filter_map(start).collect();
            assert!(starts.is_sorted(), "{name}: {starts:?}\n{}", node.told());
        }
    }
}

/// Where the first text of what an element holds stands.
fn start(kid: &Kid) -> Option<(usize, i64)> {
    match kid {
        Kid::Node(node) => node.kids.iter().filter_map(start).min(),
        Kid::Text(page, number, _) => Some((*page, *number)),
        Kid::Annotation(_) => None,
    }
}

#[test]
fn rows_have_as_many_cells_as_the_head() {
    let mut count = 0;
    for Sample { name, tree, .. } in SAMPLES.iter() {
        for table in tree.all().into_iter().filter(|node| node.tag == "Table") {
            let rows: Vec<&Node> = table.all().into_iter().filter(|node| node.tag == "TR").collect();
            for row in &rows {
                assert_eq!(row.nodes().count(), rows[0].nodes().count(), "{name}: {}", table.told());
                assert!(row.nodes().all(|cell| ["TH", "TD"].contains(&cell.tag.as_str())));
            }
            count += rows.len();
        }
    }
    assert!(count > 300, "{count} rows");
}

#[test]
fn headings_never_skip_a_level() {
    for Sample { name, tree, .. } in SAMPLES.iter() {
        let levels: Vec<u8> = tree.all().iter().filter_map(|node| node.tag.strip_prefix('H')?.parse().ok()).collect();
        assert!(levels.first().is_none_or(|first| *first == 1), "{name}: {levels:?}");
        assert!(levels.is_sorted_by(|above, below| *below <= above + 1), "{name}: {levels:?}");
    }
    let tree = structure(&pdf("---\ntitle: T\n---\n## a\n\n#### b\n\n### c\n\n## d\n"));
    let levels: Vec<String> = tree.nodes().map(|node| format!("{} {}", node.tag, node.text())).collect();
    assert_eq!(levels, ["H1 T", "H2 a", "H3 b", "H3 c", "H2 d"]);
}

#[test]
fn a_cell_over_a_page_break_stays_one() {
    let cell = "word ".repeat(1500);
    let tree = structure(&pdf(&format!("| a | b |\n|---|---|\n| {cell} | other |\n")));
    let rows: Vec<&Node> = tree.all().into_iter().filter(|node| node.tag == "TR").collect();
    assert_eq!(rows.len(), 2);
    let tall = rows[1].nodes().next().unwrap();
    assert!(tall.pages().len() > 1, "{:?}", tall.pages());
    assert_eq!(tall.text().split_whitespace().count(), 1500);
}

#[test]
fn links_and_their_areas_know_each_other() {
    let bytes = pdf(ENGLISH);
    let (document, tree) = (load(&bytes), structure(&bytes));
    let parents = parents(&document);
    let mut areas = BTreeSet::new();
    for node in tree.all() {
        for kid in &node.kids {
            let Kid::Annotation(area) = kid else { continue };
            assert_eq!(node.tag, "Link");
            assert!(!node.text().is_empty());
            let key = document.get_dictionary(*area).unwrap().get(b"StructParent").unwrap().as_i64().unwrap();
            assert_eq!(parents[&key].as_reference().unwrap(), node.id);
            areas.insert(*area);
        }
    }
    let mut annotations = BTreeSet::new();
    for page in document.get_pages().into_values() {
        let page = document.get_dictionary(page).unwrap();
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        annotations
            .extend(page.get(b"Annots").unwrap().as_array().unwrap().iter().map(|area| area.as_reference().unwrap()));
    }
    assert!(areas == annotations && areas.len() > 30, "{} of {}", areas.len(), annotations.len());
}

#[test]
fn running_matter_and_repeated_heads_are_artifacts() {
    let front = "---\ntitle: T\nrunning_head: The head\nrunning_foot: The foot\n---\n";
    let table = format!("| In 2022[^1] |\n|---|\n{}\n[^1]: A note.", "| row |\n".repeat(80));
    let document = load(&pdf(&format!("{front}{table}")));
    let page = document.get_pages().into_values().nth(1).unwrap();
    let mut artifacts: BTreeMap<String, String> = BTreeMap::new();
    for sequence in sequences(&document, page).iter().filter(|sequence| sequence.tag == "Artifact") {
        let kind = |key: &[u8]| sequence.properties.get(key).and_then(Object::as_name).unwrap_or_default();
        let kind = [kind(b"Type"), kind(b"Subtype")].map(|name| String::from_utf8(name.to_vec()).unwrap()).join(" ");
        artifacts.entry(kind).or_default().push_str(&sequence.text.replace('\u{1f}', "|"));
    }
    let told: Vec<(&str, &str)> = artifacts.iter().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Layout ", ""),
            ("Pagination ", "In 2022| [1]|"),
            ("Pagination Footer", "page 2 of 3|The foot|"),
            ("Pagination Header", "The head|")
        ]
    );
}

#[test]
fn a_figure_is_one_sequence_and_knows_how_far_it_reaches() {
    let mut document = set("Before.\n\n![Exports rose.](a.svg)\n\nAfter.");
    let element = document.structure.iter().position(|element| matches!(element.role, Role::Figure(_))).map(ElementId);
    let bar = Shape {
        x: 100.0,
        y: 300.0,
        path: vec![
            Segment::Move((0.0, 0.0)),
            Segment::Line((200.0, 0.0)),
            Segment::Line((200.0, 50.0)),
            Segment::Close,
        ],
        fill: None,
        stroke: Some(Stroke { colour: Colour(0, 0, 0), width: 2.0, dash: None, has_round_ends: false }),
        element,
    };
    let items = &mut document.pages[0].items;
    let text = items.iter().position(|item| matches!(item, FrameItem::Text(run) if run.element == element)).unwrap();
    items.insert(text + 1, FrameItem::Shape(bar.clone()));
    items.insert(text, FrameItem::Shape(bar));
    let bytes = write(&document, &FONTS, &[]).unwrap();
    let tree = structure(&bytes);
    let told: Vec<String> = tree.nodes().map(Node::told).collect();
    assert_eq!(told, ["P \"Before.\"\n", "Figure Alt=Exports rose. \"Exports rose.\"\n", "P \"After.\"\n"]);
    let figure = tree.nodes().nth(1).unwrap();
    assert_eq!(figure.kids.len(), 1);
    let area = figure.entries.get(b"A").unwrap().as_dict().unwrap().get(b"BBox").unwrap().as_array().unwrap();
    let area: Vec<f32> = area.iter().map(|edge| edge.as_float().unwrap()).collect();
    // The bar with half of its line; its top edge lies 300 points below the page's, which is 841.89 points high.
    let [left, foot, right, top] = area.as_slice() else { panic!("{area:?}") };
    assert!(*left <= 99.0 && (*right - 301.0).abs() < 0.1 && (*foot - (841.89 - 351.0)).abs() < 0.1, "{area:?}");
    assert!(*top >= 841.89 - 299.0, "{area:?}");
}

#[test]
fn a_link_that_shows_a_picture_or_another_language_is_a_link() {
    let mut document = set("[office](https://example.org) ![alone](a)\n\ntext");
    let link = document.structure.iter().position(|element| element.role == Role::Link).map(ElementId).unwrap();
    let inner = ElementId(document.structure.len());
    document.structure.push(Element { role: Role::Foreign("vi".to_owned()), parent: Some(link) });
    for item in &mut document.pages[0].items {
        match item {
            FrameItem::Text(run) if run.element == Some(link) => run.element = Some(inner),
            FrameItem::Link(area) => area.element = inner,
            _ => {}
        }
    }
    let tree = structure(&write(&document, &FONTS, &[]).unwrap());
    let told = "P\n  Link\n    Span Lang=vi \"office\"\n  \" \"\n  Figure Alt=alone \"alone\"\n";
    assert_eq!(tree.nodes().next().unwrap().told(), told);
    let link = tree.all().into_iter().find(|node| node.tag == "Link").unwrap();
    assert!(link.kids.iter().any(|kid| matches!(kid, Kid::Annotation(_))));
}

#[test]
fn notes_are_told_apart() {
    let tree = structure(&pdf(ENGLISH));
    let notes: Vec<String> =
        tree.all().into_iter().filter(|node| node.tag == "Note").map(|node| node.says("ID").unwrap()).collect();
    assert_eq!(notes.iter().collect::<BTreeSet<_>>().len(), notes.len());
    assert!(notes.len() >= 4);
}
