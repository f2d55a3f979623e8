using System.Globalization;

namespace Gatehouse.WebConsole.Invoices;

/// <summary>Numbers in the addresses of invoices.</summary>
internal static class InvoiceNumber
{
    /// <summary>The number; 0, which no invoice has, for what is none.</summary>
    public static long Read(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
