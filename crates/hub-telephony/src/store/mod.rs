pub(crate) mod migrations;
