//! Whole-system tests live in the test files of this package.
