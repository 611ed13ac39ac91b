//! A PostgreSQL server of one's own: in a temporary folder, on a socket there, gone together with whoever started it.
//!
//! The server is Debian's. It does not run as root, and a shell that waits for its owner's end stops it and takes the
//! folder away, so that nothing is left behind even where that end is a SIGKILL.

use std::{
    env, fs, io,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How long it may take to be there.
const START: Duration = Duration::from_secs(60);
/// Where Debian has the programs of each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// Of the role that owns everything.
const ROLE: &str = "loa";
/// Members of this role have to say a password.
pub const LOCKED: &str = "locked";
/// Runs the server until something is said or the owner is gone. In the second case nobody needs the folder any more.
const KEEPER: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses='' -c fsync="$3" -c full_page_writes="$3" -c max_connections=300 \
    -c shared_buffers=64MB -c log_min_messages=fatal >>"$2/log" 2>&1 </dev/null &
server=$!
trap '' INT TERM HUP
if read -r how; then
    kill "-$how" "$server"
    wait "$server"
else
    kill -INT "$server"
    wait "$server"
    rm -rf "$2"
fi
"#;

/// A server with its databases.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    owner: Option<Owner>,
    /// Whether what is committed is on the disk, and not only in the system's memory: a process that is killed loses
    /// nothing either way.
    lasts: bool,
    keeper: Mutex<Option<Child>>,
}

/// Whose the server is, where whoever starts it is root: it refuses to run as that.
#[derive(Debug, Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

/// How the server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Connections are cut, and what was committed is on the disk.
    Fast,
    /// As in a crash: what was committed is read from the log at the next start.
    Crash,
}

impl Postgres {
    /// The one of this process, started when it is first asked for.
    ///
    /// # Panics
    /// Where there is no PostgreSQL, or it does not start: whoever needs it cannot go on.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts a new one.
    ///
    /// # Panics
    /// As [`Postgres::shared`].
    pub fn start() -> Self {
        Self::begin(false)
    }

    /// Starts a new one that waits for the disk, as one in earnest does: for measuring.
    ///
    /// # Panics
    /// As [`Postgres::shared`].
    pub fn lasting() -> Self {
        Self::begin(true)
    }

    fn begin(lasts: bool) -> Self {
        let programs = programs().unwrap_or_else(|| {
            panic!("there is no PostgreSQL under `{VERSIONS}` and no `initdb` in PATH\nhint: `tests/run` installs it, and so does `apt-get install postgresql`")
        });
        let owner = is_root().then(unprivileged);
        let folder = own_folder(owner).unwrap_or_else(|error| panic!("no folder for PostgreSQL: {error}"));
        let server = Self { folder, programs, owner, lasts, keeper: Mutex::new(None) };
        // An order of letters that is not that of their bytes, as most servers have it.
        let made = server
            .command("initdb")
            .args(["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi-VN"])
            .args(["--username", ROLE, "--pgdata"])
            .arg(server.folder.join("data"))
            .output()
            .unwrap_or_else(|error| panic!("initdb: {error}"));
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        // Some roles have to say a password, and everybody else has not.
        let rules = format!("local all +{LOCKED} scram-sha-256\nlocal all all trust\n");
        fs::write(server.folder.join("data/pg_hba.conf"), rules).unwrap_or_else(|error| panic!("pg_hba.conf: {error}"));
        server.run();
        server.sql("postgres", &format!("CREATE ROLE {LOCKED} NOLOGIN"));
        server
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// When the server does not make it.
    pub fn database(&self) -> String {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("loa_{}", MADE.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0"));
        self.address(ROLE, &name)
    }

    /// The folder with the socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a database as a role sees it.
    pub fn address(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@{}/{database}", self.folder.display().to_string().replace('/', "%2F"))
    }

    /// Has statements made beside Loa.
    ///
    /// # Panics
    /// When the server refuses them.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        let mut asked = self.command("psql");
        asked.args(["-qAtX", "-v", "ON_ERROR_STOP=1", "-U", ROLE, "-d", database, "-c", statements, "-h"]).arg(&self.folder);
        let answer = asked.output().unwrap_or_else(|error| panic!("psql: {error}"));
        assert!(answer.status.success(), "psql: {}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8_lossy(&answer.stdout).trim().to_owned()
    }

    /// Ends the server; its databases stay.
    pub fn stop(&self, end: End) {
        let Some(mut keeper) = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let word: &[u8] = match end {
            End::Fast => b"INT\n",
            End::Crash => b"QUIT\n",
        };
        if let Some(mut to_keeper) = keeper.stdin.take() {
            let _gone = io::Write::write_all(&mut to_keeper, word);
        }
        let _gone = keeper.wait();
    }

    /// Starts the server, where it was stopped, and waits until it takes connections.
    ///
    /// # Panics
    /// When it does not.
    pub fn run(&self) {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(&self.programs).arg(&self.folder);
        keeper.arg(if self.lasts { "on" } else { "off" }).stdin(Stdio::piped()).current_dir("/");
        // A signal to the tests' group is not for the server.
        keeper.process_group(0);
        self.as_owner(&mut keeper);
        let keeper = keeper.spawn().unwrap_or_else(|error| panic!("no shell: {error}"));
        *self.keeper.lock().unwrap_or_else(PoisonError::into_inner) = Some(keeper);
        let began = Instant::now();
        while !self.command("pg_isready").arg("-q").arg("-h").arg(&self.folder).status().is_ok_and(|status| status.success()) {
            let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(began.elapsed() < START, "PostgreSQL does not start: {}", log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir("/").env("LC_ALL", "C").env_remove("PGPASSWORD");
        self.as_owner(&mut command);
        command
    }

    fn as_owner(&self, command: &mut Command) {
        if let Some(owner) = self.owner {
            command.uid(owner.user).gid(owner.group);
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take();
        match keeper {
            Some(mut keeper) => {
                drop(keeper.stdin.take());
                let _gone = keeper.wait();
            }
            None => {
                let _gone = fs::remove_dir_all(&self.folder);
            }
        }
    }
}

/// The folder of `initdb` and the others, of the newest version there is.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|version| version.path()).filter(|path| path.join("bin/initdb").is_file()).max_by_key(|path| number(path));
    let in_path = || env::split_paths(&env::var_os("PATH")?).find(|folder| folder.join("initdb").is_file());
    newest.map(|version| version.join("bin")).or_else(in_path)
}

fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        status.lines().find_map(|line| line.strip_prefix("Uid:")).is_some_and(|ids| ids.split_whitespace().nth(1) == Some("0"))
    })
}

/// The user of Debian's package, or nobody.
fn unprivileged() -> Owner {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let ids = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(Owner { user: fields.next()?.parse().ok()?, group: fields.next()?.parse().ok()? })
    };
    ids("postgres").or_else(|| ids("nobody")).unwrap_or(Owner { user: 65_534, group: 65_534 })
}

/// A new folder. Its name is short, as that of a socket has to be.
fn own_folder(owner: Option<Owner>) -> io::Result<PathBuf> {
    let folder = loop {
        let folder = env::temp_dir().join(format!("loa-pg-{:08x}", fastrand::u32(..)));
        match fs::create_dir(&folder) {
            Ok(()) => break folder,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => (),
            Err(error) => return Err(error),
        }
    };
    if let Some(owner) = owner {
        chown(&folder, Some(owner.user), Some(owner.group))?;
    }
    Ok(folder)
}
