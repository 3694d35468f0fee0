//! What every page and endpoint shares: error bodies, paging, sessions and CSRF, the page shell, assets.
