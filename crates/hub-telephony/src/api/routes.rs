use kit_web::RouteSpec;

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &[
    // Workspaces and virtual lines.
    // A person's call settings.
];
