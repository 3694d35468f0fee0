//! What an invented organization has of this: the same on every machine.

mod made;
mod named;
mod rooms;
mod scaled;

use aws_lc_rs::digest::{SHA256, digest};
use hub_directory::seed::SeedLocation;
use hub_directory::{LicenseId, OrganizationId, SeedOrganization};
use kit::{Result, Uuid};
use kit_sql::Transaction;

use crate::Telephony;
use crate::model::VirtualLine;
use crate::store::virtual_lines::{self, LineKeys};
use crate::store::workspaces;
use made::Made;
use rooms::{Line, Room};

/// What one location has.
struct Place<'a> {
    location: &'a SeedLocation,
    rooms: Vec<Room>,
    lines: Vec<Line>,
}

impl Telephony {
    /// Adds workspaces and virtual lines where the organization has none yet.
    pub(crate) async fn seed_workspaces_and_lines(&self, organization: &SeedOrganization) -> Result<()> {
        let id = OrganizationId::new(organization.id);
        let mut transaction = self.database().begin().await?;
        if workspaces::any((&mut transaction).into(), id).await? {
            return Ok(());
        }
        let mut made = Made::default();
        for place in places(organization) {
            made.add(organization, place)?;
        }
        for (kind, units) in made.units {
            if let Some(license) = organization.license(kind).filter(|_| units > 0) {
                let license = LicenseId::new(license.id);
                self.directory()
                    .take_license(&mut transaction, id, license, units)
                    .await?;
            }
        }
        workspaces::insert(&mut transaction, &made.workspaces).await?;
        virtual_lines::insert(&mut transaction, &made.lines).await?;
        self.numbers().assign_many(&mut transaction, made.owners).await?;
        self.remember_lines(&mut transaction, organization, &made.lines)
            .await?;
        transaction.commit().await
    }
}

impl Telephony {
    /// The sort keys of the new lines.
    async fn remember_lines(
        &self,
        transaction: &mut Transaction,
        organization: &SeedOrganization,
        lines: &[VirtualLine],
    ) -> Result<()> {
        let ids: Vec<Uuid> = lines.iter().map(|line| line.id.uuid()).collect();
        let mut held = self
            .numbers()
            .held_by(
                (&mut *transaction).into(),
                OrganizationId::new(organization.id),
                &ids,
            )
            .await?;
        for line in lines {
            let held = held.remove(&line.id.uuid());
            let keys = LineKeys {
                number: held.as_ref().and_then(|held| held.number.clone()),
                extension: held.and_then(|held| held.extension),
            };
            let location = organization
                .locations
                .iter()
                .find(|location| location.id == line.location_id.uuid());
            let name = location
                .map(|location| location.name.as_str())
                .unwrap_or_default();
            virtual_lines::remember(transaction, line, &keys, name).await?;
        }
        Ok(())
    }
}

/// Small organizations have what is written out for them, the others what scales with their locations.
fn places(organization: &SeedOrganization) -> Vec<Place<'_>> {
    organization
        .locations
        .iter()
        .map(|location| {
            let name = &location.name;
            let (rooms, lines) =
                named::at(name).unwrap_or_else(|| scaled::at(name, bytes_of(organization.id, name)));
            Place {
                location,
                rooms,
                lines,
            }
        })
        .collect()
}

/// Bytes that only this name in this organization has.
fn bytes_of(organization_id: Uuid, name: &str) -> [u8; 16] {
    let whole = digest(&SHA256, format!("{organization_id}/{name}").as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&whole.as_ref()[..16]);
    bytes
}
