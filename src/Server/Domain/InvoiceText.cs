using System.Globalization;
using System.Text;

namespace Gatehouse.Domain;

/// <summary>
/// An invoice as text: the same facts give the same bytes for ever. One fact a line, everything in it that is needed to
/// compute it again: units, prices, periods and the intervals with their seconds.
/// </summary>
/// <param name="Number">Its number.</param>
/// <param name="AccountId">Whose it is; nothing else of a person is in it.</param>
/// <param name="Covers">From when to when.</param>
/// <param name="IssuedAt">UTC.</param>
public sealed record InvoiceText(long Number, Guid AccountId, BillingPeriod Covers, DateTime IssuedAt)
{
    private const string SecondFormat = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>The lines and their sum.</summary>
    public required Bill Bill { get; init; }

    /// <summary>What credits paid, in all.</summary>
    public required Money Credit { get; init; }

    /// <summary>What was left for the payment method.</summary>
    public required Money Due { get; init; }

    /// <summary>Hash of the invoice before.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>The text in UTF-8, without a byte order mark; lines end with a line feed.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder();
        Add(text, $"invoice {Number}");
        Add(text, $"account {AccountId:D}");
        Add(text, $"from {Say(Covers.StartsAt)} until {Say(Covers.EndsAt)}");
        Add(text, $"issued {IssuedAt.ToString(AuditEntry.TimeFormat, CultureInfo.InvariantCulture)}");
        Add(text, $"currency USD");
        foreach (var line in Bill.Lines) Add(text, line);
        Add(text, $"total {Amount.Write(Bill.Total)}");
        Add(text, $"credits {Amount.Write(Credit)}");
        Add(text, $"due {Amount.Write(Due)}");
        Add(text, $"previous {Convert.ToHexStringLower(PreviousHash)}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Add(StringBuilder text, BillLine line)
    {
        var slot = line.Slot;
        var what = slot.Kind == Metered.Replica ? "replicas" : $"database {slot.ResourceId:D} of {slot.SizeMilli} MB";
        Add(text, $"line {line.Number} {slot.AppName} {slot.AppId:D} {what}");
        Add(text, $"  period {Say(slot.Period.StartsAt)} {slot.Period.Seconds} s");
        Add(text, $"  price {slot.Version}: {line.MonthNanos} nano-dollars a month");
        foreach (var slice in line.Slices)
        {
            Add(text, $"  interval {slice.Of.Id:D} from {Say(slice.From)} until {Say(slice.Until)}");
            Add(text, $"    {slice.Seconds} s x {slice.Of.Quantity} x {slice.Of.SizeMilli} MB");
        }

        Add(text, $"  units {line.Units}");
        Add(text, $"  exact {line.Exact.Over}/{line.Exact.Under} nano-dollars");
        Add(text, $"  amount {Amount.Write(line.Amount)}");
    }

    private static void Add(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Say(long second) =>
        Seconds.ToMoment(second).ToString(SecondFormat, CultureInfo.InvariantCulture);
}
