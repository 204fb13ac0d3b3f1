//! The arithmetic of the check stage: exact numbers, ranges, equations, verdicts, propagation.

mod equations;
mod numbers;
mod propagation;
mod ranges;
mod rounding;
mod text;
mod verdicts;
