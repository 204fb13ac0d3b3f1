//! `brief` checks one YAML fact sheet per Vietnamese province, compares the provinces, and writes briefings in English and
//! Vietnamese as Markdown and PDF. No figure reaches a page unless it is traced to a source and has survived arithmetic.
//!
//! The modules are the stages of that work, in order; a stage uses nouns and earlier stages' output, never a later stage.
//!
//! | nouns | stages |
//! | --- | --- |
//! | [`calendar`], [`figure`], [`catalog`], [`sheet`], [`office`], [`article`], [`chart`], [`diag`] | [`check`] → [`compare`] → [`render`] → [`typeset`] → [`pdf`], run by [`batch`]; [`verify`] runs them again |

pub mod article;
pub mod batch;
pub mod calendar;
pub mod catalog;
pub mod chart;
pub mod check;
pub mod cli;
pub mod compare;
pub mod diag;
pub mod figure;
pub mod language;
pub mod office;
pub mod pdf;
pub mod render;
pub mod sheet;
pub mod typeset;
pub mod verify;
