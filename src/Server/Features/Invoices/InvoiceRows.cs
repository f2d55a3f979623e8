using Gatehouse.Domain;

namespace Gatehouse.Features.Invoices;

/// <summary>Lines of a bill as they are stored.</summary>
internal static class InvoiceRows
{
    /// <summary>One line, for lists.</summary>
    public static InvoiceLine LineOf(long number, BillLine line) => new()
    {
        Number = number,
        Line = line.Number,
        AppId = line.Slot.AppId,
        AppName = line.Slot.AppName,
        Kind = line.Slot.Kind,
        ResourceId = line.Slot.ResourceId,
        SizeMilli = line.Slot.SizeMilli,
        PriceVersion = line.Slot.Version,
        PeriodStartsAt = line.Slot.Period.StartsAt,
        PeriodEndsAt = line.Slot.Period.EndsAt,
        Units = line.Units,
        MonthNanos = line.MonthNanos,
        AmountNanos = line.Amount.Nanos,
    };

    /// <summary>The time it is made of.</summary>
    public static IEnumerable<InvoiceSlice> SlicesOf(long number, BillLine line) =>
        line.Slices.Select((slice, index) => new InvoiceSlice
        {
            Number = number,
            Line = line.Number,
            Position = index + 1,
            IntervalId = slice.Of.Id,
            StartsAt = slice.From,
            EndsAt = slice.Until,
            Sign = slice.Sign,
        });
}
