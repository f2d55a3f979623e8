using Gatehouse.Domain;

namespace Gatehouse.WebConsole.Invoices;

/// <summary>The accounts of the books, as a customer reads them.</summary>
internal static class LedgerText
{
    /// <summary>What stands there.</summary>
    public static string NameOf(LedgerKind kind) => kind switch
    {
        LedgerKind.Wallet => "your credits, bought",
        LedgerKind.Promo => "your credits, given",
        LedgerKind.Reserved => "your credits, set aside",
        LedgerKind.Receivable => "owed by you",
        LedgerKind.Clearing => "payment provider",
        LedgerKind.Revenue => "our revenue",
        LedgerKind.PromoExpense => "given away by us",
        LedgerKind.Breakage => "credits that expired",
        LedgerKind.Rounding => "rounding",
    };
}
