use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use kit::Result;
use kit_web::{
    NavigationGroup, NavigationItem, OrganizationChoice, PageError, page_context, update_page_context,
};
use suite_tenancy::{Action, Actor, Customer, CustomerId, Tenancy};

/// So many customers fit into the menu; the others are found on their page.
const CUSTOMERS_IN_THE_MENU: usize = 20;

/// Draws the frame around every page for whoever is signed in: the customers to choose from, and where one can go.
pub(crate) async fn frame(State(tenancy): State<Tenancy>, request: Request, next: Next) -> Response {
    if let Some(actor) = request.extensions().get::<Actor>()
        && let Err(error) = fill(&tenancy, actor).await
    {
        return PageError(error).into_response();
    }
    next.run(request).await
}

async fn fill(tenancy: &Tenancy, actor: &Actor) -> Result<()> {
    let path = page_context().path;
    if path.ends_with("/progress") {
        // Parts of pages have no frame.
        return Ok(());
    }
    let (chosen, section) = chosen(&path);
    let customers = tenancy.customers(actor).await?;
    let current = chosen.and_then(|id| customers.iter().find(|customer| customer.id == id));
    let navigation = navigation(actor, current);
    let organizations = choices(&customers, current, section);
    let search_path = match current {
        Some(customer) if actor.may(Action::ViewDirectory, Some(customer.id)) => {
            format!("/customers/{}/directory", customer.id)
        }
        _ => "/customers".to_owned(),
    };
    update_page_context(|context| {
        context.navigation = navigation;
        context.organizations = organizations;
        context.search_path = search_path;
    });
    Ok(())
}

/// The customer that a path names, and the part of its pages, which another customer has as well.
fn chosen(path: &str) -> (Option<CustomerId>, &str) {
    let mut parts = path.strip_prefix("/customers/").unwrap_or_default().split('/');
    let id = parts.next().and_then(|text| CustomerId::parse(text).ok());
    let section = parts
        .next()
        .filter(|section| matches!(*section, "directory" | "synch"))
        .unwrap_or_default();
    (id, section)
}

fn choices(customers: &[Customer], current: Option<&Customer>, section: &str) -> Vec<OrganizationChoice> {
    let mut shown: Vec<&Customer> = customers.iter().take(CUSTOMERS_IN_THE_MENU).collect();
    if let Some(current) = current.filter(|current| shown.iter().all(|customer| customer.id != current.id)) {
        shown.push(current);
    }
    let all = OrganizationChoice {
        changes: false,
        name: "All customers".to_owned(),
        path: "/customers".to_owned(),
        current: current.is_none(),
    };
    let each = shown.into_iter().map(|customer| OrganizationChoice {
        changes: false,
        name: customer.name.clone(),
        path: format!("/customers/{}/{section}", customer.id)
            .trim_end_matches('/')
            .to_owned(),
        current: current.is_some_and(|current| current.id == customer.id),
    });
    std::iter::once(all).chain(each).collect()
}

fn item(label: &str, path: impl Into<String>, icon: &'static str) -> NavigationItem {
    NavigationItem {
        label: label.to_owned(),
        path: path.into(),
        icon,
        count: 0,
    }
}

fn navigation(actor: &Actor, current: Option<&Customer>) -> Vec<NavigationGroup> {
    let mut groups = vec![NavigationGroup {
        heading: String::new(),
        items: vec![
            item("Overview", "/", "layout-dashboard"),
            item("Customers", "/customers", "building-2"),
        ],
    }];
    if let Some(customer) = current {
        let page = |section: &str| format!("/customers/{}{section}", customer.id);
        let mut items = vec![item("Integrations", page(""), "plug")];
        if actor.may(Action::ViewDirectory, Some(customer.id)) {
            items.push(item("Directory", page("/directory"), "users"));
            items.push(item("Synchronization", page("/synch"), "refresh-cw"));
        }
        groups.push(NavigationGroup {
            heading: customer.name.clone(),
            items,
        });
    }
    let mut items = Vec::new();
    if actor.may(Action::ManagePrincipals, None) {
        items.push(item("Users", "/users", "user-plus"));
    }
    if actor
        .assignments
        .iter()
        .any(|assignment| assignment.role.allows(Action::ViewAudit))
    {
        items.push(item("Audit", "/audit", "history"));
    }
    items.push(item("My account", "/me", "user"));
    groups.push(NavigationGroup {
        heading: "Suite".to_owned(),
        items,
    });
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_names_the_customer_and_the_section() {
        let id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let known = CustomerId::parse(id).ok();
        assert_eq!(
            chosen(&format!("/customers/{id}/directory/x")),
            (known, "directory")
        );
        assert_eq!(chosen(&format!("/customers/{id}")), (known, ""));
        assert_eq!(
            chosen(&format!("/customers/{id}/invitations/new")),
            (known, ""),
            "an invitation belongs to one customer"
        );
        assert_eq!(chosen("/customers/new"), (None, ""));
        assert_eq!(chosen("/audit"), (None, ""));
    }
}
