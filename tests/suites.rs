//! The standard suites of the field: sums of rounded facts (XBRL Calculations 1.1), means and percentages of counts (GRIM).

#[cfg(test)]
#[path = "suites/calculations.rs"]
mod calculations;
#[cfg(test)]
#[path = "suites/grim.rs"]
mod grim;
