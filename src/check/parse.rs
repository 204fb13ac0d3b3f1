//! Reads an equation as a fact sheet writes it: `100 * part / whole = share`.
//!
//! ```text
//! equation   = sum ( "=" | "<=" | ">=" ) sum
//! sum        = product { ( "+" | "-" ) product }
//! product    = factor { ( "*" | "/" ) factor }
//! factor     = "-" factor | "(" sum ")" | number | name
//! ```
//!
//! A number is plain, `100` or `-0.5`; a name begins with a letter. Operators stand between spaces, so that a name may hold hyphens: `fdi-projects`, `ngo-aid@2022`.

use super::expression::{Comparison, Equation, Expression, Operator};
use crate::sheet::RelationKind;
use std::fmt;

/// The longest equation, in bytes: many times what a person writes, and few enough to read at once.
pub const LONGEST: usize = 4_000;
/// The deepest nesting of parentheses and minus signs.
pub const DEEPEST: usize = 50;
/// The most operators in one equation: with [`DEEPEST`] they bound the depth of the tree, and the digits of its exact value.
pub const MOST_OPERATORS: usize = 100;

/// A variable's name and where it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'t> {
    /// The name as written.
    pub text: &'t str,
    /// Its first byte in the equation's text.
    pub offset: usize,
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// The text is no equation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct ParseError {
    /// The byte at which reading stopped; the text's length where it ended too early.
    pub offset: usize,
    /// The length of what was found there, in bytes.
    pub length: usize,
    /// What may stand there.
    pub expected: &'static str,
    /// What stands there, quoted, or `the end`.
    pub found: String,
}

/// Reads an equation. The caller turns names into variables with [`Equation::try_map`].
///
/// # Errors
/// The first place at which the text departs from the grammar, or exceeds [`LONGEST`], [`DEEPEST`] or [`MOST_OPERATORS`].
///
/// ```
/// let equation = brief::check::parse::parse("100 * fdi-projects / all-projects = share")?;
/// assert_eq!(equation.variables()[0].text, "fdi-projects");
/// # Ok::<(), brief::check::parse::ParseError>(())
/// ```
pub fn parse(text: &str) -> Result<Equation<Name<'_>>, ParseError> {
    if text.len() > LONGEST {
        let found = format!("{} bytes", text.len());
        return Err(ParseError { offset: 0, length: text.len(), expected: "at most 4,000 bytes", found });
    }
    let mut reader = Reader { text, position: 0, operators: 0 };
    let left = reader.sum(0)?;
    let comparison = reader.comparison()?;
    let right = reader.sum(0)?;
    match reader.peek() {
        "" => Ok(Equation { left, comparison, right }),
        _ => Err(reader.error("an operator or the end of the equation")),
    }
}

/// What a relation says that writes an equation out; nothing of one of another kind.
pub(super) fn of(kind: &RelationKind) -> Option<Result<Equation<Name<'_>>, ParseError>> {
    if let RelationKind::Equation(text) = kind { Some(parse(text)) } else { None }
}

struct Reader<'a> {
    text: &'a str,
    position: usize,
    operators: usize,
}

impl<'a> Reader<'a> {
    /// The next word, a lone parenthesis or a run of other characters up to a space; empty at the end.
    fn peek(&mut self) -> &'a str {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let trimmed = rest.trim_start();
        self.position += rest.len() - trimmed.len();
        let length = match trimmed.find(|character: char| character.is_whitespace() || matches!(character, '(' | ')')) {
            Some(0) => 1,
            Some(length) => length,
            None => trimmed.len(),
        };
        trimmed.get(..length).unwrap_or_default()
    }

    fn advance(&mut self, word: &str) {
        self.position += word.len();
    }

    fn error(&mut self, expected: &'static str) -> ParseError {
        let word = self.peek();
        let found = if word.is_empty() { "the end".to_owned() } else { format!("`{word}`") };
        ParseError { offset: self.position, length: word.len(), expected, found }
    }

    fn comparison(&mut self) -> Result<Comparison, ParseError> {
        let word = self.peek();
        let signs = [Comparison::Equal, Comparison::AtMost, Comparison::AtLeast];
        let Some(comparison) = signs.into_iter().find(|sign| sign.symbol() == word) else {
            return Err(self.error("an operator between spaces, or `=`, `<=` or `>=`"));
        };
        self.advance(word);
        Ok(comparison)
    }

    fn operator(&mut self, tightness: u8) -> Result<Option<Operator>, ParseError> {
        let word = self.peek();
        let operators = [Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide];
        let mut fitting = operators.into_iter().filter(|operator| operator.tightness() == tightness);
        let Some(operator) = fitting.find(|operator| operator.symbol() == word) else { return Ok(None) };
        self.operators += 1;
        if self.operators > MOST_OPERATORS {
            return Err(self.error("at most 100 operators"));
        }
        self.advance(word);
        Ok(Some(operator))
    }

    fn sum(&mut self, depth: usize) -> Result<Expression<Name<'a>>, ParseError> {
        let mut sum = self.product(depth)?;
        while let Some(operator) = self.operator(1)? {
            let term = self.product(depth)?;
            sum = Expression::Join(operator, Box::new(sum), Box::new(term));
        }
        Ok(sum)
    }

    fn product(&mut self, depth: usize) -> Result<Expression<Name<'a>>, ParseError> {
        let mut product = self.factor(depth)?;
        while let Some(operator) = self.operator(2)? {
            let factor = self.factor(depth)?;
            product = Expression::Join(operator, Box::new(product), Box::new(factor));
        }
        Ok(product)
    }

    fn factor(&mut self, depth: usize) -> Result<Expression<Name<'a>>, ParseError> {
        if depth > DEEPEST {
            return Err(self.error("parentheses at most 50 deep"));
        }
        let word = self.peek();
        match word {
            "(" => {
                self.advance(word);
                let inner = self.sum(depth + 1)?;
                if self.peek() != ")" {
                    return Err(self.error("an operator between spaces, or `)`"));
                }
                self.advance(")");
                Ok(inner)
            }
            "-" => {
                self.advance(word);
                Ok(-self.factor(depth + 1)?)
            }
            _ if word.starts_with(char::is_alphabetic) => {
                if word.contains(['+', '*', '/', '=', '<', '>']) {
                    return Err(self.error("a name, with the operators after it between spaces"));
                }
                let name = Name { text: word, offset: self.position };
                self.advance(word);
                Ok(Expression::Variable(name))
            }
            _ if word.trim_start_matches('-').starts_with(|character: char| character.is_ascii_digit()) => {
                let Ok(number) = word.parse() else { return Err(self.error("a plain number such as `100` or `0.5`")) };
                self.advance(word);
                Ok(Expression::Number(number))
            }
            _ => Err(self.error("a name, a number or `(`")),
        }
    }
}
