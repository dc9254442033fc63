//! Turns an instant into what a visitor asks: is it open, is it tonight, when does it end. Pure: `now` is a parameter.
