//! The arithmetic of the check stage: exact numbers, ranges, equations, verdicts, propagation.

#[cfg(test)]
mod equations;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod propagation;
#[cfg(test)]
mod ranges;
#[cfg(test)]
mod rounding;
#[cfg(test)]
mod text;
#[cfg(test)]
mod verdicts;
