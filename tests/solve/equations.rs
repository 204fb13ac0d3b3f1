//! Reading and writing equations.

use brief::check::expression::{Comparison, Equation, Expression, Operator};
use brief::check::formula;
use brief::check::fraction::Fraction;
use brief::check::parse::parse;
use proptest::prelude::*;

/// The equation with every operation in parentheses.
fn grouped(text: &str) -> String {
    fn write<V: std::fmt::Display>(expression: &Expression<V>) -> String {
        match expression {
            Expression::Number(number) => number.to_string(),
            Expression::Variable(name) => name.to_string(),
            Expression::Negate(inner) => format!("(- {})", write(inner)),
            Expression::Join(operator, left, right) => {
                format!("({} {} {})", write(left), operator.symbol(), write(right))
            }
        }
    }
    let equation = parse(text).unwrap();
    format!("{} {} {}", write(&equation.left), equation.comparison.symbol(), write(&equation.right))
}

#[test]
fn products_bind_before_sums_and_both_to_the_left() {
    assert_eq!(grouped("a - b - c * d / e >= f"), "((a - b) - ((c * d) / e)) >= f");
    assert_eq!(grouped("a - (b - c) = - d * 2"), "(a - (b - c)) = ((- d) * 2)");
    assert_eq!(grouped("( a ) <= - - 0.5"), "a <= (- (- 1/2))");
    assert_eq!(grouped("a - -0.5 = b"), "(a - -1/2) = b");
}

#[test]
fn names_keep_their_hyphens_and_qualifiers() {
    let equation = parse("fdi-projects + ngo-aid@2022 = tổng-vốn").unwrap();
    let names: Vec<(&str, usize)> = equation.variables().iter().map(|name| (name.text, name.offset)).collect();
    assert_eq!(names, [("fdi-projects", 0), ("ngo-aid@2022", 15), ("tổng-vốn", 30)]);
}

#[test]
fn errors_say_where_and_what() {
    let cases = [
        ("", "0: expected a name, a number or `(`, found the end"),
        ("a", "1: expected an operator between spaces, or `=`, `<=` or `>=`, found the end"),
        ("a = ", "4: expected a name, a number or `(`, found the end"),
        ("a+b = c", "0: expected a name, with the operators after it between spaces, found `a+b`"),
        ("a -b = c", "2: expected an operator between spaces, or `=`, `<=` or `>=`, found `-b`"),
        ("a = --5", "4: expected a plain number such as `100` or `0.5`, found `--5`"),
        ("2*a = c", "0: expected a plain number such as `100` or `0.5`, found `2*a`"),
        ("1,5 * a = c", "0: expected a plain number such as `100` or `0.5`, found `1,5`"),
        ("a = b = c", "6: expected an operator or the end of the equation, found `=`"),
        ("(a + b = c", "7: expected an operator between spaces, or `)`, found `=`"),
        ("a) = b", "1: expected an operator between spaces, or `=`, `<=` or `>=`, found `)`"),
        ("vốn < b", "6: expected an operator between spaces, or `=`, `<=` or `>=`, found `<`"),
    ];
    for (text, expected) in cases {
        let error = parse(text).unwrap_err();
        assert_eq!(format!("{}: {error}", error.offset), expected, "{text}");
    }
}

#[test]
fn what_is_too_long_or_deep_is_refused() {
    let refusal = |text: String| parse(&text).unwrap_err().to_string();
    assert!(refusal(format!("{}a = b", "(".repeat(3_000))).starts_with("expected parentheses at most 50 deep"));
    assert!(refusal(format!("{}a = b", "- ".repeat(1_500))).starts_with("expected parentheses at most 50 deep"));
    assert!(refusal(format!("a{} = b", " + a".repeat(900))).starts_with("expected at most 100 operators"));
    assert!(refusal(format!("{} = b", "a".repeat(9_000))).starts_with("expected at most 4,000 bytes"));
}

#[test]
fn the_named_relations_read_as_documented() {
    let texts: Vec<String> = [
        formula::total(["a", "b", "c"], "whole"),
        formula::part("part", "whole"),
        formula::percentage("part", "whole", "percent"),
        formula::growth("current", "previous", "rate"),
        formula::index("current", "previous", "index"),
        formula::attainment("actual", "plan", "percent"),
        formula::excess("actual", "plan", "excess"),
        formula::difference("from", "less", "is"),
        formula::mean("total", "count", "mean"),
        formula::conversion("amount", "rate", "result"),
    ]
    .iter()
    .chain(&formula::equal(["a", "b", "c"]))
    .map(ToString::to_string)
    .collect();
    insta::assert_snapshot!(texts.join("\n"), @r"
    a + b + c = whole
    part <= whole
    part = whole * (percent / 100)
    current = previous * (1 + rate / 100)
    current = previous * (index / 100)
    actual = plan * (percent / 100)
    actual = plan * (1 + excess / 100)
    from - less = is
    total = count * mean
    amount * rate = result
    a = b
    b = c
    ");
}

fn expression() -> impl Strategy<Value = Expression<String>> {
    let number = (-1_000_i64..1_000, 0_u32..3).prop_map(|(n, places)| Fraction::ratio(n, 10_i64.pow(places)).unwrap());
    let leaf = prop_oneof![number.prop_map(Expression::Number), "[a-z]-[a-z0-9@]{0,3}".prop_map(Expression::Variable)];
    let operator = prop::sample::select(vec![Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide]);
    leaf.prop_recursive(5, 40, 2, move |inner| {
        let join = (operator.clone(), inner.clone(), inner.clone());
        prop_oneof![
            4 => join.prop_map(|(operator, a, b)| Expression::Join(operator, Box::new(a), Box::new(b))),
            1 => inner.prop_map(|a| -a),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(left in expression(), right in expression(), at_least in any::<bool>()) {
        let comparison = if at_least { Comparison::AtLeast } else { Comparison::Equal };
        let equation = Equation { left, comparison, right };
        let text = equation.to_string();
        let read = parse(&text).unwrap();
        prop_assert_eq!(read.try_map(|name| Ok::<_, ()>(name.text.to_owned())), Ok(equation));
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(text in r"([a-z0-9.ộ \t()+*/<>=-]|\PC){0,60}") {
        if let Err(error) = parse(&text) {
            prop_assert!(text.is_char_boundary(error.offset));
            prop_assert!(text.is_char_boundary(error.offset + error.length));
        }
    }
}
