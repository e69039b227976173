import ArgumentParser
import Foundation

enum PeerFormat: String, ExpressibleByArgument, CaseIterable {
  case ledger, beancount
}

/// The payments of a generated journal in the format of a plain text accounting program: a transaction each, from the
/// fund to an account named by project and function.
struct PeerJournal {
  let format: PeerFormat

  func text(of journal: JournalReader) throws -> Data {
    var text = Data()
    var accounts: [String: String] = [:]
    while let line = try journal.next(1) {
      guard let payment = Payment(line) else { continue }
      let target = "Expenses:\(payment.project):\(payment.function)"
      let source = "Assets:Treasury:\(payment.fund)"
      for account in [target, source] where accounts[account] == nil { accounts[account] = payment.date }
      text.append(contentsOf: transaction(payment, target, source).utf8)
    }
    guard format == .beancount else { return text }
    let openings = accounts.keys.sorted().map { "2000-01-01 open \($0)\n" }.joined()
    return Data(("option \"operating_currency\" \"CNY\"\n" + openings).utf8) + text
  }

  private func transaction(_ payment: Payment, _ target: String, _ source: String) -> String {
    let heading =
      format == .ledger
      ? "\(payment.date) * \(payment.payee)" : "\(payment.date) * \"\(payment.payee)\" \"\(payment.memo)\""
    return "\(heading)\n  \(target)  \(payment.amount) CNY\n  \(source)  -\(payment.amount) CNY\n\n"
  }
}

/// The fields of a payment that peers are given.
private struct Payment {
  let date: String
  let amount: String
  let fund: String
  let function: String
  let project: String
  let payee: String
  let memo: String

  /// - Parameter line: canonical, and without escaped characters, as `generate` writes it.
  init?(_ line: Data) {
    let parts = String(decoding: line, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
    // A text field is …"key":"value"…, so its key and value stand two parts from each other.
    func value(_ key: String) -> String? {
      parts.firstIndex { $0 == key }.flatMap { $0 + 2 < parts.count ? String(parts[$0 + 2]) : nil }
    }
    guard value("type") == "disbursement", let date = value("date"), let amount = value("amount"),
      let fund = value("fund"), let function = value("function"), let payee = value("payee"), let memo = value("memo")
    else { return nil }
    self.date = date
    self.amount = amount
    self.fund = fund
    self.function = function
    self.project = value("project") ?? "Basic"
    self.payee = payee
    self.memo = memo
  }
}
