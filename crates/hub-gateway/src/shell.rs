use crate::Environment;

/// Whose syntax the lines have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// sh, bash, zsh and their like.
    Sh,
    /// fish.
    Fish,
    /// PowerShell.
    PowerShell,
}

impl Environment {
    /// The lines that set the variables, without a line break at the end.
    pub fn lines(&self, shell: Shell) -> String {
        let line = |(name, value): &(&str, String)| match shell {
            Shell::Sh => format!("export {name}='{}'", value.replace('\'', r"'\''")),
            Shell::Fish => format!(
                "set -gx {name} '{}'",
                value.replace('\\', r"\\").replace('\'', r"\'")
            ),
            Shell::PowerShell => format!("$env:{name} = '{}'", value.replace('\'', "''")),
        };
        self.variables.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn each_shell_gets_its_syntax_and_no_value_leaves_its_quotes() {
        let environment = Environment {
            proxy: String::new(),
            certificate_file: PathBuf::new(),
            variables: vec![("A", r"x'; rm -rf \'".to_owned()), ("B", "1".to_owned())],
        };
        assert_eq!(
            environment.lines(Shell::Sh),
            "export A='x'\\''; rm -rf \\'\\'''\nexport B='1'"
        );
        assert_eq!(
            environment.lines(Shell::Fish),
            "set -gx A 'x\\'; rm -rf \\\\\\''\nset -gx B '1'"
        );
        assert_eq!(
            environment.lines(Shell::PowerShell),
            "$env:A = 'x''; rm -rf \\'''\n$env:B = '1'"
        );
    }

    #[test]
    fn a_shell_reads_back_what_was_written() {
        let value = r"it's \a 'quoted' folder/gateway-ca.pem";
        let environment = Environment {
            proxy: String::new(),
            certificate_file: PathBuf::new(),
            variables: vec![("SSL_CERT_FILE", value.to_owned())],
        };
        let script = format!("{}\nprintf %s \"$SSL_CERT_FILE\"", environment.lines(Shell::Sh));
        let said = std::process::Command::new("sh")
            .args(["-c", &script])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(said.stdout).unwrap(), value);
    }
}
