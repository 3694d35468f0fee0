use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hub_directory::{Caller, CallerOrigin};
use hub_governance::RequestRight;
use kit::Result;
use kit_web::{NavigationGroup, NavigationItem, OrganizationChoice, PageError, update_page_context};
use webex::Role;

use crate::wiring::Slices;

/// Gives the page its frame: the navigation that the viewer's roles open, and their organization.
pub(crate) async fn draw_frame(State(slices): State<Slices>, request: Request, next: Next) -> Response {
    let at_a_browser = request
        .extensions()
        .get::<Caller>()
        .filter(|caller| caller.origin == CallerOrigin::Session);
    if let Some(caller) = at_a_browser
        && let Err(error) = fill_frame(&slices, caller).await
    {
        return PageError(error).into_response();
    }
    next.run(request).await
}

async fn fill_frame(slices: &Slices, caller: &Caller) -> Result<()> {
    let open_requests = slices.governance.open_requests(caller).await?;
    let organizations = organizations(slices, caller).await?;
    let looks_after_customers = organizations.len() > 1;
    let mut navigation = navigation(caller, open_requests);
    if slices.governance.request_right(caller).await.ok() == Some(RequestRight::Review) {
        let alerts = NavigationItem {
            count: open_requests,
            ..item("Alerts center", "/alerts", "bell")
        };
        add_once(&mut navigation, alerts);
    }
    let is_administrator = crate::pages::sees_console(caller);
    update_page_context(|context| {
        context.navigation = navigation;
        context.menu = vec![
            item("My applications", "/developer/apps", "layout-grid"),
            item("Connect your SDK", "/connect", "plug"),
            item("API coverage", "/coverage", "list"),
        ];
        if looks_after_customers {
            let customers = item("Customers", "/customers", "building-2");
            match context.navigation.first_mut() {
                Some(first) => first.items.insert(0, customers),
                None => context.menu.push(customers),
            }
        }
        context.organizations = organizations;
        if is_administrator {
            "/search".clone_into(&mut context.search_path);
        }
    });
    Ok(())
}

/// Whoever decides requests without a role that shows them finds them too.
fn add_once(navigation: &mut [NavigationGroup], entry: NavigationItem) {
    let is_there = |group: &NavigationGroup| group.items.iter().any(|item| item.path == entry.path);
    if !navigation.iter().any(is_there)
        && let Some(first) = navigation.first_mut()
    {
        first.items.push(entry);
    }
}

/// The chosen organization, and to choose from: a partner's own and its customers, by name.
async fn organizations(slices: &Slices, caller: &Caller) -> Result<Vec<OrganizationChoice>> {
    let mut choices = Vec::new();
    let customers = slices.partners.customers_of(caller.person_id).await?;
    let home = match customers.is_empty() {
        true => caller.organization_id,
        false => slices
            .directory
            .account(caller.person_id)
            .await?
            .map_or(caller.organization_id, |account| account.organization_id),
    };
    // Further ones are on the page of customers.
    const SHOWN: usize = 20;
    let shown = customers
        .iter()
        .enumerate()
        .filter(|(place, customer)| *place < SHOWN || customer.id == caller.organization_id)
        .map(|(_, customer)| customer.clone());
    for organization in slices
        .directory
        .organization(home)
        .await?
        .into_iter()
        .chain(shown)
    {
        choices.push(OrganizationChoice {
            current: organization.id == caller.organization_id,
            path: format!("/customers/{}/choose", organization.id),
            name: organization.display_name,
            changes: true,
        });
    }
    if let [only] = choices.as_mut_slice() {
        "/".clone_into(&mut only.path);
        only.changes = false;
    }
    Ok(choices)
}

fn item(label: &str, path: &str, icon: &'static str) -> NavigationItem {
    NavigationItem {
        label: label.to_owned(),
        path: path.to_owned(),
        icon,
        count: 0,
    }
}

fn group(heading: &str, items: Vec<NavigationItem>) -> NavigationGroup {
    NavigationGroup {
        heading: heading.to_owned(),
        items,
    }
}

/// Control Hub's navigation for administrators; integrations and their alerts for those who may see them. Everybody
/// else has their own pages.
fn navigation(caller: &Caller, open_requests: u64) -> Vec<NavigationGroup> {
    if !crate::pages::sees_console(caller) {
        return vec![group("", vec![item("My account", "/me", "user")])];
    }
    let sees_integrations = caller.has_any_role(&[Role::FullAdministrator, Role::ReadOnlyAdministrator]);
    let mut first = vec![item("Overview", "/", "layout-dashboard")];
    let mut management = vec![
        item("Users", "/users", "users"),
        item("Groups", "/groups", "users-round"),
        item("Workspaces", "/workspaces", "door-open"),
        item("Devices", "/devices", "monitor-smartphone"),
    ];
    if sees_integrations {
        first.push(NavigationItem {
            count: open_requests,
            ..item("Alerts center", "/alerts", "bell")
        });
        management.push(item("Apps", "/apps", "layout-grid"));
    }
    management.push(item("Account", "/account", "building-2"));
    if sees_integrations {
        management.push(item("Authentication", "/settings/authentication", "lock"));
    }
    let mut monitoring = vec![
        item("Troubleshooting", "/troubleshooting", "activity"),
        item("Reports", "/reports", "chart-column"),
    ];
    if sees_integrations {
        monitoring.push(item("Audit", "/audit", "history"));
        monitoring.push(item("Mail", "/mail", "mail"));
    }
    let calling = vec![
        item("Numbers", "/calling/numbers", "hash"),
        item("Virtual lines", "/calling/virtual-lines", "phone"),
        item("Features", "/calling/features", "headset"),
    ];
    vec![
        group("", first),
        group("Monitoring", monitoring),
        group("Management", management),
        group("Calling", calling),
    ]
}

#[cfg(test)]
mod tests {
    use hub_directory::{OrganizationId, PersonId};
    use kit::Uuid;
    use webex::ScopeSet;

    use super::*;

    fn labels(roles: &[Role]) -> Vec<String> {
        let caller = Caller {
            person_id: PersonId::new(Uuid::nil()),
            organization_id: OrganizationId::new(Uuid::nil()),
            roles: roles.to_vec(),
            scopes: ScopeSet::default(),
            origin: CallerOrigin::Session,
            shares_presence: true,
        };
        navigation(&caller, 3)
            .into_iter()
            .flat_map(|group| group.items)
            .map(|item| item.label)
            .collect()
    }

    #[test]
    fn everybody_sees_what_their_roles_open() {
        assert_eq!(labels(&[]), ["My account"]);
        let full = [
            "Overview",
            "Alerts center",
            "Troubleshooting",
            "Reports",
            "Audit",
            "Mail",
            "Users",
            "Groups",
            "Workspaces",
            "Devices",
            "Apps",
            "Account",
            "Authentication",
            "Numbers",
            "Virtual lines",
            "Features",
        ];
        assert_eq!(labels(&[Role::FullAdministrator]), full);
        assert_eq!(labels(&[Role::ReadOnlyAdministrator]), full);
        assert!(!labels(&[Role::UserAdministrator]).contains(&"Apps".to_owned()));
    }
}
