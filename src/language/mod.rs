//! Interface words (Fluent), dates and numbers (ICU), and the languages of the kiosk.
