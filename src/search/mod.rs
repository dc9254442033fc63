//! Finds items by what a visitor types. Pure: an index and a query.
