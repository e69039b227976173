// swift-tools-version: 6.1
import PackageDescription

/// Measures ledgerctl against peers. A package of its own, so that who builds ledgerctl needs nothing of it.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    // Named, since a package by path is otherwise called after its folder, and a checkout may have any name.
    .package(name: "ledgerctl", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    .target(name: "HistoryGenerator"),
    .executableTarget(
      name: "ledger-bench",
      dependencies: [
        "HistoryGenerator",
        .product(name: "Ledger", package: "ledgerctl"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(name: "sqlite-scan", linkerSettings: [.linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "sqlite-insert", linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("crypto")]),
  ]
)
