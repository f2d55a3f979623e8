using Gatehouse.Domain;

namespace Gatehouse.WebConsole.Invoices;

/// <summary>The accounts of the books and what is booked on them, as a customer reads them.</summary>
internal static class LedgerText
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [PostingKind.CreditsBought] = "Credits bought",
        [PostingKind.CreditsRefunded] = "Credits paid back",
        [PostingKind.PaymentDisputed] = "Payment taken back by the bank",
        [PostingKind.CreditsGranted] = "Credits given to you",
        [PostingKind.CreditsTaken] = "Credits taken back",
        [PostingKind.CreditsSpent] = "Credits spent",
        [PostingKind.CreditsExpired] = "Credits expired",
        [PostingKind.CreditsHeld] = "Credits set aside",
        [PostingKind.HoldCaptured] = "Spent of what was set aside",
        [PostingKind.HoldReleased] = "No longer set aside",
        [PostingKind.UsageCharged] = "Usage paid by credits",
        [PostingKind.InvoiceIssued] = "Invoice issued",
        [PostingKind.InvoiceCredited] = "Invoice credited",
        [PostingKind.InvoicePaid] = "Invoice paid",
        [PostingKind.Reversed] = "Taken back",
    };

    /// <summary>The words for one of <see cref="PostingKind"/>.</summary>
    public static string NameOf(string kind) => Words.GetValueOrDefault(kind, kind);

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
