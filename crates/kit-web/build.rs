//! Says what is missing when the bundle of `web/` has not been built yet.

use std::path::Path;

fn main() {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    println!("cargo::rerun-if-changed={}", bundle.display());
    for file in [
        "app.css",
        "app.js",
        "favicon-hub.svg",
        "favicon-suite.svg",
        "THIRD-PARTY-LICENSES.txt",
    ] {
        if !bundle.join(file).exists() {
            println!(
                "cargo::error=web/dist/{file} is missing: run `make web` (npm ci and a bundle of half a second) and build again"
            );
        }
    }
}
