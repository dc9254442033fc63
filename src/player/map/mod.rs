//! Locator maps and vignettes, drawn from vector tiles on the CPU into pictures. No Bevy here.
