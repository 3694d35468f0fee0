//! Says what is missing when the bundle of `web/` has not been built yet.

use std::path::Path;

fn main() {
    // Asked at run time: clones that share a target folder share this program too.
    #[allow(
        clippy::disallowed_methods,
        reason = "cargo tells a build script where it stands by the environment"
    )]
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let bundle = Path::new(&here).join("../../web/dist");
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
