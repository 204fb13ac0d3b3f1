//! The blocks of the Markdown as the blocks of an official report: the same text feeds every layout.

use super::blocks::{Block, Inline, Item, List, Marks, Table};
use super::layout::Arrangement;
use super::layout::words::{FormWords, form_words};
use crate::language::Language;
use pulldown_cmark::Alignment;
use std::borrow::Cow;

/// Ends the text of an official document.
const END: &str = "./.";
/// Headings of the first level are set as the layout's second: the first is the title's.
const FIRST_LEVEL: u8 = 2;

/// The blocks as a layout arranges them.
pub(super) fn arrange(arrangement: Arrangement, blocks: &[Block], language: Language) -> Cow<'_, [Block]> {
    match arrangement {
        Arrangement::AsWritten => Cow::Borrowed(blocks),
        Arrangement::OfficialReport => Cow::Owned(official(blocks, form_words(language))),
    }
}

fn official(blocks: &[Block], words: &FormWords) -> Vec<Block> {
    let highest = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    let mut numbers = HeadingNumbers { highest: highest.min().unwrap_or(1), counts: [0; 3] };
    let mut arranged: Vec<Block> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, inlines } => numbers.heading(*level, inlines, words),
            Block::List(list) if list.points => Block::List(List { points: false, ..list.clone() }),
            Block::Table(table) if table.key_figures => Block::Table(key_figures(table, words)),
            Block::Table(table) if table.comparison => Block::Table(headed(table, words)),
            Block::Paragraph { inlines, lead: true } => Block::Paragraph { inlines: inlines.clone(), lead: false },
            block => block.clone(),
        })
        .collect();
    end(&mut arranged);
    arranged
}

/// The numbers of headings: `I.`, then `1.`, then `a)`.
struct HeadingNumbers {
    /// The highest level of the text's headings.
    highest: u8,
    counts: [usize; 3],
}

impl HeadingNumbers {
    fn heading(&mut self, level: u8, inlines: &[Inline], words: &FormWords) -> Block {
        let depth = level.saturating_sub(self.highest);
        let mut inlines = inlines.to_vec();
        if let Some(number) = self.next(usize::from(depth), words) {
            inlines.insert(0, plain(&format!("{number} ")));
        }
        if depth == 0 {
            for inline in &mut inlines {
                if let Inline::Text { text, marks: Marks { code: false, .. }, .. } = inline {
                    *text = text.to_uppercase();
                }
            }
        }
        Block::Heading { level: depth.saturating_add(FIRST_LEVEL), inlines }
    }

    fn next(&mut self, depth: usize, words: &FormWords) -> Option<String> {
        let count = self.counts.get_mut(depth)?;
        *count += 1;
        let count = *count;
        self.counts.iter_mut().skip(depth + 1).for_each(|below| *below = 0);
        match depth {
            0 => Some(format!("{}.", roman(count))),
            1 => Some(format!("{count}.")),
            // Beyond the alphabet a heading stands without a letter.
            _ => words.letters.chars().nth(count - 1).map(|letter| format!("{letter})")),
        }
    }
}

/// A Roman number.
fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            roman.push_str(sign);
            rest -= value;
        }
    }
    roman
}

/// The band of key figures, a column to each, as a table with a row to each.
fn key_figures(table: &Table, words: &FormWords) -> Table {
    let [indicator, figure, period, remarks] = words.key_figures;
    let columns = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
    let cell = |row: usize, column: usize| -> Vec<Inline> {
        table.rows.get(row).and_then(|row| row.get(column)).cloned().unwrap_or_default()
    };
    let details = table.rows.len().max(2);
    let mut head: Vec<Vec<Inline>> = [indicator, figure, period].map(|word| vec![plain(word)]).to_vec();
    let mut alignments = vec![Alignment::Left, Alignment::Right, Alignment::Left];
    for more in 2..details {
        head.push(if more == 2 { vec![plain(remarks)] } else { Vec::new() });
        alignments.push(Alignment::Left);
    }
    let rows = (0..columns).map(|column| {
        // The note marks of the label belong to the figure.
        let (label, marks): (Vec<Inline>, Vec<Inline>) =
            cell(0, column).into_iter().partition(|inline| !is_mark(inline));
        let mut figure = table.head.get(column).cloned().unwrap_or_default();
        figure.extend(marks);
        let mut row = vec![light(label), light(figure)];
        row.extend((1..details).map(|detail| cell(detail, column)));
        row
    });
    Table { alignments, head, rows: rows.collect(), key_figures: false, comparison: true }
}

/// The comparison with a name for its first column, which a layout for reading leaves open.
fn headed(table: &Table, words: &FormWords) -> Table {
    let mut table = table.clone();
    let [indicator, ..] = words.key_figures;
    if let Some(first) = table.head.first_mut().filter(|first| first.is_empty()) {
        first.push(plain(indicator));
    }
    table
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline, Inline::NoteMark(_) | Inline::Text { marks: Marks { superscript: true, .. }, .. })
}

/// Without bold type: in a table all cells are of one weight.
fn light(mut inlines: Vec<Inline>) -> Vec<Inline> {
    for inline in &mut inlines {
        if let Inline::Text { marks, .. } = inline {
            marks.strong = false;
        }
    }
    inlines
}

/// Adds the sign that nothing follows to the last sentence, or in a line of its own after what is no sentence.
fn end(blocks: &mut Vec<Block>) {
    match last_text(blocks) {
        Some(inlines) => {
            if let Some(Inline::Text { link: Some(_), .. }) = inlines.last() {
                // Close to an address, the sign would be read as a part of it.
                inlines.push(plain(" "));
            } else if let Some(Inline::Text { text, .. }) = inlines.last_mut() {
                let trimmed = text.trim_end();
                let kept = trimmed.strip_suffix('.').unwrap_or(trimmed).len();
                text.truncate(kept);
            }
            inlines.push(plain(END));
        }
        None => blocks.push(Block::Paragraph { inlines: vec![plain(END)], lead: false }),
    }
}

/// The inlines of the last paragraph, if the text ends with one.
fn last_text(blocks: &mut [Block]) -> Option<&mut Vec<Inline>> {
    match blocks.last_mut()? {
        Block::Paragraph { inlines, .. } if !matches!(inlines.last(), Some(Inline::Image { .. }) | None) => {
            Some(inlines)
        }
        Block::List(list) => list.items.last_mut().and_then(|Item { blocks, .. }| last_text(blocks)),
        Block::Quote(blocks) => last_text(blocks),
        Block::Notes(notes) => notes.last_mut().and_then(|note| last_text(&mut note.blocks)),
        _ => None,
    }
}

fn plain(text: &str) -> Inline {
    Inline::Text { text: text.to_owned(), marks: Marks::default(), link: None, span: None }
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn roman_numbers() {
        let romans = [1, 4, 8, 9, 14, 40, 49, 99, 1999].map(roman);
        assert_eq!(romans, ["I", "IV", "VIII", "IX", "XIV", "XL", "XLIX", "XCIX", "MCMXCIX"]);
    }
}
