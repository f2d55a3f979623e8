using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Domain;

/// <summary>What somebody wants booked: whose books, and under which name it is asked for.</summary>
/// <param name="OwnerId">The customer; <see cref="Guid.Empty"/> for the house alone.</param>
/// <param name="Key">The same key is booked once, however often it is asked for.</param>
/// <param name="Kind">Such as <c>credits.bought</c>; stays as it is.</param>
/// <param name="Wanted">What is asked for, in words that tell it from everything else under the same key.</param>
/// <param name="Memo">Why, where somebody gave a reason; never personal data.</param>
public sealed record PostingRequest(Guid OwnerId, string Key, string Kind, string Wanted, string Memo = "")
{
    /// <summary>The posting that this one reverses; null for all others.</summary>
    public Guid? ReversedId { get; init; }

    /// <summary>Tells this request from another one under the same key.</summary>
    public byte[] ComputeHash() => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', OwnerId.ToString("D"), Kind, Wanted, Memo, ReversedId?.ToString("D"))));
}

/// <summary>One line of what is to be booked.</summary>
/// <param name="Kind">On what.</param>
/// <param name="Amount">Nano-dollars, never zero.</param>
/// <param name="LotId">The lot of given credits, for lines on <see cref="LedgerKind.Promo"/>.</param>
public sealed record PostingLine(LedgerKind Kind, long Amount, Guid? LotId = null);

/// <summary>The rules of double entry.</summary>
public static class Bookkeeping
{
    /// <summary>Says whether something belongs to nobody but the house.</summary>
    public static bool IsHouse(LedgerKind kind) =>
        kind is LedgerKind.Clearing or LedgerKind.Revenue or LedgerKind.PromoExpense
            or LedgerKind.Breakage or LedgerKind.Rounding;

    /// <summary>Says whether a balance may never fall below zero.</summary>
    public static bool HasFloor(LedgerKind kind) =>
        kind is LedgerKind.Wallet or LedgerKind.Promo or LedgerKind.Reserved;

    /// <summary>Says whether lines can be booked at all: two or more, none zero or too large, in sum zero.</summary>
    public static bool IsBalanced(IReadOnlyList<PostingLine> lines) =>
        lines.Count >= 2
        && lines.All(line => line.Amount != 0 && line.Amount is >= -LedgerEntry.Largest and <= LedgerEntry.Largest)
        && lines.Aggregate(Int128.Zero, (sum, line) => sum + line.Amount) == 0;

    /// <summary>The hash of a posting: SHA-256 over all in it, one field a line, then one entry a line.</summary>
    public static byte[] ComputeHash(LedgerTransaction posting, IEnumerable<LedgerEntry> entries)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n',
            posting.Id.ToString("D"),
            posting.OwnerId.ToString("D"),
            posting.Sequence.ToString(CultureInfo.InvariantCulture),
            posting.RequestKey,
            Convert.ToHexStringLower(posting.RequestHash),
            posting.Kind,
            posting.Memo,
            posting.ReversedId?.ToString("D"),
            posting.At.ToString(AuditEntry.TimeFormat, CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(posting.PreviousHash));
        foreach (var entry in entries.OrderBy(entry => entry.Line))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n{entry.Line} {entry.OwnerId:D} {entry.Kind} {entry.Amount} {entry.LotId:D}");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

/// <summary>The names of the postings; they are in exports, so they stay as they are.</summary>
public static class PostingKind
{
    public const string CreditsBought = "credits.bought";
    public const string CreditsRefunded = "credits.refunded";
    public const string PaymentDisputed = "payment.disputed";
    public const string CreditsGranted = "credits.granted";
    public const string CreditsTaken = "credits.taken";
    public const string CreditsSpent = "credits.spent";
    public const string CreditsExpired = "credits.expired";
    public const string CreditsHeld = "credits.held";
    public const string HoldCaptured = "hold.captured";
    public const string HoldReleased = "hold.released";
    public const string UsageCharged = "usage.charged";
    public const string InvoiceIssued = "invoice.issued";
    public const string InvoiceCredited = "invoice.credited";
    public const string InvoicePaid = "invoice.paid";
    public const string Reversed = "reversed";
}
