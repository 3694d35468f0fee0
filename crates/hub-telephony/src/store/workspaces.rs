use hub_directory::{LicenseId, LocationId, OrganizationId};
use kit::{Error, Result, search_key};
use kit_sql::{Argument, Handle, Row, Statement, Transaction, insert_rows, like_anywhere, sql};

use crate::WorkspaceId;
use crate::model::{
    Calendar, CalendarKind, CallingKind, DevicePlatform, SupportedDevices, Workspace, WorkspaceCalling,
    WorkspaceKind,
};

/// Which workspaces of an organization. Everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WorkspaceFilter {
    pub(crate) location_id: Option<LocationId>,
    /// A part of the name, as a search key.
    pub(crate) name_part: Option<String>,
    /// This capacity; `Some(None)` for those without one.
    pub(crate) capacity: Option<Option<i64>>,
    pub(crate) kind: Option<WorkspaceKind>,
    pub(crate) calling: Option<CallingKind>,
    pub(crate) supported_devices: Option<SupportedDevices>,
    pub(crate) calendar: Option<CalendarKind>,
    pub(crate) device_hosted_meetings: Option<bool>,
    pub(crate) device_platform: Option<DevicePlatform>,
}

/// Which page of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WorkspacePage {
    /// The search key of the last name on the page before, and its id.
    pub(crate) after: Option<(String, WorkspaceId)>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

const COLUMNS: &str = "id, organization_id, location_id, display_name, name_key, capacity, kind, sip_address, calling, license_id, \
     calendar, calendar_email, resource_group_id, notes, hotdesking, supported_devices, device_hosted_meetings, meetings_site_url, \
     device_platform, indoor_navigation_url, distinctive_ring, created_at, last_modified_at";
const COLUMN_COUNT: usize = 23;

/// A page of them by name. Whatever the organization's size, this costs the rows that it answers.
pub(crate) fn page_statement(
    organization_id: OrganizationId,
    filter: &WorkspaceFilter,
    page: &WorkspacePage,
) -> Statement {
    let start = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM workspace WHERE organization_id = ");
    let mut statement = filtered(start.push_bind(organization_id.uuid()), filter);
    if let Some((name_key, id)) = &page.after {
        statement = statement
            .push(" AND (name_key, id) > (")
            .push_bind(name_key)
            .push(", ")
            .push_bind(id.uuid())
            .push(")");
    }
    statement
        .push(" ORDER BY name_key, id LIMIT ")
        .push_bind(page.limit)
        .push(" OFFSET ")
        .push_bind(page.offset)
}

fn filtered(mut statement: Statement, filter: &WorkspaceFilter) -> Statement {
    let WorkspaceFilter {
        location_id,
        name_part,
        capacity,
        kind,
        calling,
        supported_devices,
        calendar,
        device_hosted_meetings,
        device_platform,
    } = filter;
    if let Some(part) = name_part {
        statement = statement
            .push(" AND name_key LIKE ")
            .push_bind(like_anywhere(part))
            .push(" ESCAPE '\\'");
    }
    match capacity {
        Some(Some(capacity)) => statement = statement.push(" AND capacity = ").push_bind(*capacity),
        Some(None) => statement = statement.push(" AND capacity IS NULL"),
        None => {}
    }
    if let Some(wanted) = device_hosted_meetings {
        statement = statement
            .push(" AND device_hosted_meetings = ")
            .push_bind(*wanted);
    }
    let equal: [(&'static str, Option<String>); 6] = [
        (" AND location_id = ", location_id.map(|id| id.to_string())),
        (" AND kind = ", kind.map(|kind| kind.word().to_owned())),
        (
            " AND calling = ",
            calling.map(|calling| calling.word().to_owned()),
        ),
        (
            " AND supported_devices = ",
            supported_devices.map(|devices| devices.word().to_owned()),
        ),
        (
            " AND calendar = ",
            calendar.map(|calendar| calendar.word().to_owned()),
        ),
        (
            " AND device_platform = ",
            device_platform.map(|platform| platform.word().to_owned()),
        ),
    ];
    for (text, value) in equal {
        if let Some(value) = value {
            statement = statement.push(text).push_bind(value);
        }
    }
    statement
}

pub(crate) async fn page(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &WorkspaceFilter,
    page: &WorkspacePage,
) -> Result<Vec<Workspace>> {
    let rows = page_statement(organization_id, filter, page).all(on).await?;
    rows.iter().map(workspace).collect()
}

pub(crate) async fn count(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &WorkspaceFilter,
) -> Result<i64> {
    let start = sql("SELECT COUNT(*) AS n FROM workspace WHERE organization_id = ");
    filtered(start.push_bind(organization_id.uuid()), filter)
        .one(on)
        .await?
        .integer("n")
}

pub(crate) async fn by_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: WorkspaceId,
) -> Result<Option<Workspace>> {
    let row = one(organization_id, id).optional(on).await?;
    row.as_ref().map(workspace).transpose()
}

/// The workspace, locked until the transaction ends.
pub(crate) async fn locked(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: WorkspaceId,
) -> Result<Option<Workspace>> {
    let for_update = transaction.dialect().for_update();
    let row = one(organization_id, id)
        .push(for_update)
        .optional(transaction)
        .await?;
    row.as_ref().map(workspace).transpose()
}

fn one(organization_id: OrganizationId, id: WorkspaceId) -> Statement {
    sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM workspace WHERE organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND id = ")
        .push_bind(id.uuid())
}

/// The names of the workspaces at a location, with Webex Calling alone or all of them.
pub(crate) async fn names_at(
    on: Handle<'_>,
    organization_id: OrganizationId,
    location_id: LocationId,
    calling: Option<CallingKind>,
) -> Result<Vec<String>> {
    let filter = WorkspaceFilter {
        location_id: Some(location_id),
        calling,
        ..WorkspaceFilter::default()
    };
    let start = sql("SELECT display_name FROM workspace WHERE organization_id = ");
    let rows = filtered(start.push_bind(organization_id.uuid()), &filter)
        .push(" ORDER BY name_key, id")
        .all(on)
        .await?;
    rows.iter().map(|row| row.text("display_name")).collect()
}

pub(crate) async fn insert(transaction: &mut Transaction, workspaces: &[Workspace]) -> Result<()> {
    let rows = workspaces.iter().map(row).collect();
    let insert = "INSERT INTO workspace (id, organization_id, location_id, display_name, name_key, capacity, kind, sip_address, calling, \
         license_id, calendar, calendar_email, resource_group_id, notes, hotdesking, supported_devices, device_hosted_meetings, \
         meetings_site_url, device_platform, indoor_navigation_url, distinctive_ring, created_at, last_modified_at)";
    insert_rows(transaction, insert, COLUMN_COUNT, rows, "")
        .await
        .map(|_| ())
}

pub(crate) async fn update(transaction: &mut Transaction, workspace: &Workspace) -> Result<()> {
    let mut statement = sql(
        "UPDATE workspace SET location_id = $3, display_name = $4, name_key = $5, capacity = $6, kind = $7, sip_address = $8, \
         calling = $9, license_id = $10, calendar = $11, calendar_email = $12, resource_group_id = $13, notes = $14, \
         hotdesking = $15, supported_devices = $16, device_hosted_meetings = $17, meetings_site_url = $18, device_platform = $19, \
         indoor_navigation_url = $20, distinctive_ring = $21, created_at = $22, last_modified_at = $23 \
         WHERE id = $1 AND organization_id = $2",
    );
    for value in row(workspace) {
        statement = statement.bind(value);
    }
    statement.run(transaction).await.map(|_| ())
}

pub(crate) async fn delete(transaction: &mut Transaction, workspace: &Workspace) -> Result<()> {
    sql("DELETE FROM workspace WHERE organization_id = $1 AND id = $2")
        .bind(workspace.organization_id.uuid())
        .bind(workspace.id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

/// Whether the organization has any workspace or virtual line.
pub(crate) async fn any(on: Handle<'_>, organization_id: OrganizationId) -> Result<bool> {
    let found = sql("SELECT id FROM workspace WHERE organization_id = $1 UNION ALL SELECT id FROM virtual_line WHERE organization_id = $2 LIMIT 1")
        .bind(organization_id.uuid())
        .bind(organization_id.uuid())
        .optional(on)
        .await?;
    Ok(found.is_some())
}

fn row(workspace: &Workspace) -> Vec<Argument> {
    let Workspace {
        id,
        organization_id,
        location_id,
        display_name,
        capacity,
        kind,
        sip_address,
        calling,
        calendar,
        notes,
        hotdesking,
        supported_devices,
        device_hosted_meetings,
        meetings_site_url,
        device_platform,
        indoor_navigation_url,
        distinctive_ring,
        created_at,
        last_modified_at,
    } = workspace;
    vec![
        id.uuid().into(),
        organization_id.uuid().into(),
        location_id.map(|id| id.to_string()).into(),
        display_name.into(),
        search_key(display_name).into(),
        (*capacity).into(),
        kind.word().into(),
        sip_address.into(),
        calling.kind().word().into(),
        calling.license_id().map(|id| id.to_string()).into(),
        calendar.kind.word().into(),
        calendar.email.clone().into(),
        calendar.resource_group_id.clone().into(),
        notes.clone().into(),
        (*hotdesking).into(),
        supported_devices.word().into(),
        (*device_hosted_meetings).into(),
        meetings_site_url.clone().into(),
        device_platform.map(DevicePlatform::word).into(),
        indoor_navigation_url.clone().into(),
        (*distinctive_ring).into(),
        (*created_at).into(),
        (*last_modified_at).into(),
    ]
}

fn workspace(row: &Row) -> Result<Workspace> {
    let license_id = row.optional_uuid("license_id")?.map(LicenseId::new);
    let calling = match (CallingKind::stored(&row.text("calling")?)?, license_id) {
        (CallingKind::None, _) => WorkspaceCalling::None,
        (CallingKind::Free, _) => WorkspaceCalling::Free,
        (CallingKind::Webex, Some(license_id)) => WorkspaceCalling::Webex { license_id },
        (other, _) => {
            return Err(Error::internal(format!(
                "a workspace with {} and no licence",
                other.word()
            )));
        }
    };
    Ok(Workspace {
        id: WorkspaceId::new(row.uuid("id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        location_id: row.optional_uuid("location_id")?.map(LocationId::new),
        display_name: row.text("display_name")?,
        capacity: row.optional_integer("capacity")?,
        kind: WorkspaceKind::stored(&row.text("kind")?)?,
        sip_address: row.text("sip_address")?,
        calling,
        calendar: Calendar {
            kind: CalendarKind::stored(&row.text("calendar")?)?,
            email: row.optional_text("calendar_email")?,
            resource_group_id: row.optional_text("resource_group_id")?,
        },
        notes: row.optional_text("notes")?,
        hotdesking: row.boolean("hotdesking")?,
        supported_devices: SupportedDevices::stored(&row.text("supported_devices")?)?,
        device_hosted_meetings: row.boolean("device_hosted_meetings")?,
        meetings_site_url: row.optional_text("meetings_site_url")?,
        device_platform: row
            .optional_text("device_platform")?
            .map(|word| DevicePlatform::stored(&word))
            .transpose()?,
        indoor_navigation_url: row.optional_text("indoor_navigation_url")?,
        distinctive_ring: row.boolean("distinctive_ring")?,
        created_at: row.moment("created_at")?,
        last_modified_at: row.moment("last_modified_at")?,
    })
}
