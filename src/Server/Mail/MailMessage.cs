namespace Gatehouse.Mail;

/// <summary>
/// One message of the product. The text is written by hand, the HTML is derived from it (<see cref="MailLayout"/>): a
/// paragraph is a block between empty lines, a line that is only an address becomes a button, a line that is only a
/// code is set large.
/// </summary>
public abstract record MailMessage
{
    public abstract string Subject(Letterhead letterhead);

    public abstract string Text(Letterhead letterhead);

    /// <summary>A time as mails say it.</summary>
    protected static string Say(DateTime utc) =>
        utc.ToString("d MMMM yyyy, HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What every message says about its sender.</summary>
/// <param name="Brand">Name of the platform.</param>
/// <param name="PublicUrl">Base of every link.</param>
/// <param name="SupportAddress">Where people get help; may be empty.</param>
/// <param name="Color">Main colour as <c>#rrggbb</c>.</param>
public sealed record Letterhead(string Brand, string PublicUrl, string SupportAddress, string Color)
{
    /// <summary>Whom to write to, in the middle of a sentence.</summary>
    public string Us => SupportAddress == "" ? "us" : $"us ({SupportAddress})";
}
