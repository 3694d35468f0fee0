//! The development CA: made at the first start, able to vouch for Webex hosts and for nothing else.

use std::path::{Path, PathBuf};
use std::time::Duration;

use kit::{Error, Randomness, Result, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, PKCS_ECDSA_P256_SHA256,
    PublicKeyData as _, SerialNumber,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use simple_asn1::ASN1Block;

use crate::files;
use crate::hosts::DOMAINS;

const DAY: Duration = Duration::from_secs(24 * 3600);
/// How long the CA's certificate is good for.
const LIFE: Duration = DAY.saturating_mul(730);
/// Below this it is made anew, with the same key: copies that somebody took stay good until they end by themselves.
const RENEWED_BEFORE: Duration = DAY.saturating_mul(90);
/// Machines disagree about what time it is.
const SKEW: Duration = Duration::from_secs(3600);
/// How long a certificate for hosts is good for.
pub(crate) const LEAF_LIFE: Duration = DAY.saturating_mul(30);

/// The CA, with its key.
pub(crate) struct Authority {
    key: KeyPair,
    file: PathBuf,
    pem: String,
    ends: Timestamp,
}

/// A certificate for hosts, with its key, as TLS takes them.
pub(crate) struct Leaf {
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl Authority {
    /// Reads the CA of a data folder, or makes it. A certificate that is missing, damaged, of another key, for other
    /// hosts or about to end is made anew; a key that cannot be read is an error, because clients trust it.
    pub(crate) fn open(folder: &Path, now: Timestamp, randomness: &dyn Randomness) -> Result<Self> {
        let key = open_key(&files::key_file(folder))?;
        let file = files::certificate_file(folder);
        let known = files::read(&file)?.and_then(|pem| Some((usable_until(&pem, &key, now)?, pem)));
        let (ends, pem) = match known {
            Some(known) => known,
            None => certify(&key, &file, now, randomness)?,
        };
        Ok(Self { key, file, pem, ends })
    }

    /// The certificate that clients trust, as PEM.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// Makes the certificate anew when it is about to end.
    pub(crate) fn renew_when_due(&mut self, now: Timestamp, randomness: &dyn Randomness) -> Result<()> {
        if self.ends >= now.plus(RENEWED_BEFORE) {
            return Ok(());
        }
        let (ends, pem) = certify(&self.key, &self.file, now, randomness)?;
        (self.ends, self.pem) = (ends, pem);
        Ok(())
    }

    /// A certificate for these names, with a key of its own.
    pub(crate) fn issue(
        &self,
        names: Vec<String>,
        now: Timestamp,
        randomness: &dyn Randomness,
    ) -> Result<Leaf> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(Error::internal)?;
        let mut params = CertificateParams::new(names).map_err(Error::internal)?;
        params.distinguished_name = name("Trunkline gateway");
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        params.serial_number = Some(serial_number(randomness));
        set_validity(&mut params, now.minus(SKEW), now.plus(LEAF_LIFE));
        let issuer_params = authority_params(now, now);
        let issuer = Issuer::from_params(&issuer_params, &self.key);
        let certificate = params.signed_by(&key, &issuer).map_err(Error::internal)?;
        Ok(Leaf {
            certificate: certificate.der().clone(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        })
    }
}

fn open_key(file: &Path) -> Result<KeyPair> {
    if let Some(pem) = files::read(file)? {
        files::make_private(file)?;
        return KeyPair::from_pem(&pem).map_err(|error| {
            Error::unavailable(format!(
                "{} is not the key of a development CA. Remove it, and the next start makes a new one, which clients must be told to trust anew.",
                file.display()
            ))
            .because(error)
        });
    }
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(Error::internal)?;
    files::write(file, &key.serialize_pem(), 0o600)?;
    Ok(key)
}

fn certify(
    key: &KeyPair,
    file: &Path,
    now: Timestamp,
    randomness: &dyn Randomness,
) -> Result<(Timestamp, String)> {
    let ends = now.plus(LIFE);
    let mut params = authority_params(now.minus(DAY), ends);
    params.serial_number = Some(serial_number(randomness));
    let pem = params.self_signed(key).map_err(Error::internal)?.pem();
    files::write(file, &pem, 0o644)?;
    tracing::info!(file = %file.display(), until = %ends, "the certificate of the development CA was made");
    Ok((ends, pem))
}

fn authority_params(begins: Timestamp, ends: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name("Trunkline development CA (Webex hosts only)");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(constraints());
    set_validity(&mut params, begins, ends);
    params
}

/// Whoever trusts this CA trusts it for Webex hosts alone, even if its key is stolen. Without the excluded addresses a
/// certificate for an IP address would be outside of every constraint.
fn constraints() -> NameConstraints {
    NameConstraints {
        permitted_subtrees: DOMAINS
            .iter()
            .map(|domain| GeneralSubtree::DnsName((*domain).to_owned()))
            .collect(),
        excluded_subtrees: vec![
            GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([0; 4], 0)),
            GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix([0; 16], 0)),
        ],
    }
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, "Trunkline");
    name.push(DnType::CommonName, common);
    name
}

fn serial_number(randomness: &dyn Randomness) -> SerialNumber {
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes);
    // Positive and not zero, as RFC 5280 wants it.
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::from_slice(&bytes)
}

fn set_validity(params: &mut CertificateParams, begins: Timestamp, ends: Timestamp) {
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    let since_epoch =
        |moment: Timestamp| Duration::from_secs(moment.as_seconds().try_into().unwrap_or_default());
    (params.not_before, params.not_after) = (epoch + since_epoch(begins), epoch + since_epoch(ends));
}

/// Until when this certificate is good; `None` where another one must be made.
fn usable_until(pem: &str, key: &KeyPair, now: Timestamp) -> Option<Timestamp> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
    let names = |part: &[u8]| der.windows(part.len()).any(|window| window == part);
    let is_ours =
        names(&key.subject_public_key_info()) && DOMAINS.iter().all(|domain| names(domain.as_bytes()));
    let (begins, ends) = validity(&der)?;
    (is_ours && begins <= now && ends >= now.plus(RENEWED_BEFORE)).then_some(ends)
}

/// From when until when a certificate is good.
fn validity(der: &[u8]) -> Option<(Timestamp, Timestamp)> {
    let blocks = simple_asn1::from_der(der).ok()?;
    let [ASN1Block::Sequence(_, certificate)] = blocks.as_slice() else {
        return None;
    };
    let Some(ASN1Block::Sequence(_, fields)) = certificate.first() else {
        return None;
    };
    fields.iter().find_map(|field| {
        let ASN1Block::Sequence(_, moments) = field else {
            return None;
        };
        match moments.as_slice() {
            [begins, ends] => Some((moment(begins)?, moment(ends)?)),
            _ => None,
        }
    })
}

fn moment(block: &ASN1Block) -> Option<Timestamp> {
    match block {
        ASN1Block::UTCTime(_, moment) | ASN1Block::GeneralizedTime(_, moment) => Some(
            Timestamp::from_millis(moment.assume_utc().unix_timestamp().saturating_mul(1000)),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use kit::SystemRandomness;

    use super::*;
    use crate::files::certificate_file;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-24T09:00:00Z").unwrap()
    }

    fn open(folder: &Path, at: Timestamp) -> Authority {
        Authority::open(folder, at, &SystemRandomness).unwrap()
    }

    #[test]
    fn a_second_start_finds_the_same_certificate_and_a_key_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path(), now());
        let second = open(folder.path(), now().plus(DAY));
        assert_eq!(first.pem(), second.pem());
        assert_eq!(second.ends, now().plus(LIFE));
        let key = folder.path().join("gateway-ca.key");
        let mode = || std::fs::metadata(&key).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        std::fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
        open(folder.path(), now());
        assert_eq!(mode(), 0o600, "a key that others could read is made private");
    }

    #[test]
    fn it_is_made_anew_with_the_same_key_before_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path(), now());
        let mut later = open(folder.path(), now().plus(LIFE).minus(RENEWED_BEFORE));
        assert_eq!(first.pem(), later.pem());
        let due = now().plus(LIFE).minus(DAY);
        later.renew_when_due(due, &SystemRandomness).unwrap();
        assert_ne!(first.pem(), later.pem());
        assert_eq!(first.key.serialize_pem(), later.key.serialize_pem());
        assert_eq!(open(folder.path(), due).pem(), later.pem(), "the file follows");
    }

    #[test]
    fn a_certificate_of_another_key_or_a_damaged_one_is_replaced() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (own, foreign) = (open(folder.path(), now()), open(other.path(), now()));
        let file = certificate_file(folder.path());
        for wrong in [foreign.pem(), "-----BEGIN CERTIFICATE-----", ""] {
            std::fs::write(&file, wrong).unwrap();
            let again = open(folder.path(), now());
            assert_ne!(again.pem(), wrong);
            assert_eq!(again.key.serialize_pem(), own.key.serialize_pem());
        }
    }

    #[test]
    fn a_key_that_cannot_be_read_is_named_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gateway-ca.key");
        std::fs::write(&file, "something else").unwrap();
        let error = Authority::open(folder.path(), now(), &SystemRandomness)
            .err()
            .unwrap();
        assert!(
            error.public().contains("gateway-ca.key") && error.public().contains("Remove it"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "something else");
    }
}
