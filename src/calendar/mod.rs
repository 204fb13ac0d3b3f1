//! dates, periods and quarters.
