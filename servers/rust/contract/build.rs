//! Tells the program which compiler built it.

use std::{env, process::Command};

fn main() {
    let rustc = env::var_os("RUSTC").expect("cargo names the compiler");
    let output = Command::new(rustc).arg("--version").output().expect("the compiler runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = said.split(' ').nth(1).expect("rustc says its version");
    println!("cargo:rustc-env=RUSTC_VERSION={version}");
    println!("cargo:rerun-if-changed=build.rs");
}
