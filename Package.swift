// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "ledgerctl",
  products: [
    .library(name: "Ledger", targets: ["Ledger"]),
    .executable(name: "ledgerctl", targets: ["ledgerctl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    .target(
      name: "Ledger",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "BigInt", package: "BigInt"),
        .product(name: "TOMLKit", package: "TOMLKit"),
        "CExpat",
        "CSQLite",
        "CXLSXWriter",
        "CZip",
      ],
      resources: [
        .embedInCode("Codes/economic-department.csv"),
        .embedInCode("Codes/economic-government.csv"),
        .embedInCode("Codes/functional.csv"),
        .embedInCode("Codes/functional-legacy.csv"),
        .embedInCode("Codes/funds.csv"),
        .embedInCode("Definitions/indicators.toml"),
        .embedInCode("Definitions/identities.toml"),
        .embedInCode("Definitions/final-accounts.toml"),
        .embedInCode("Definitions/budget.toml"),
        .embedInCode("Definitions/self-evaluation.toml"),
        .embedInCode("Definitions/targets.toml"),
        .embedInCode("Definitions/narrative.toml"),
        .embedInCode("Import/headings.toml"),
        .embedInCode("Import/Ready/bank-statement.toml"),
        .embedInCode("Import/Ready/exchange-adjustments.toml"),
        .embedInCode("Import/Ready/exchange-carry-overs.toml"),
        .embedInCode("Import/Ready/exchange-indicators.toml"),
        .embedInCode("Import/Ready/exchange-projects.toml"),
        .embedInCode("Import/Ready/exchange-vouchers.toml"),
      ]
    ),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .executableTarget(
      name: "ledgerctl",
      dependencies: [
        "Ledger",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger",
        .product(name: "BigInt", package: "BigInt"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: [
        "Support/published-figures.csv", "Peers/beancount_balances.py", "Peers/beancount_complaints.py",
        "Peers/beancount_spending.py",
      ]
    ),
    .testTarget(
      name: "GoldenTests",
      dependencies: ["Ledger", "ledgerctl"],
      exclude: ["Cases"]
    ),
  ]
)
