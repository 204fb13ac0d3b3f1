//! indicators, provinces and places.
