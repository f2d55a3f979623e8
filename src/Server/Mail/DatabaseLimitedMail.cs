using System.Globalization;

namespace Gatehouse.Mail;

/// <summary>Says that a free database has too many rows and is read-only, and what its owner can do.</summary>
public sealed record DatabaseLimitedMail(string AppName, long Rows, long Most, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) =>
        $"The database of {AppName} is read-only - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => string.Create(CultureInfo.InvariantCulture, $"""
        The free database of your app {AppName} had {Rows:N0} rows on {Say(At)}.
        A free one may have {Most:N0}, so it is read-only now. Nothing in it is lost.

        Whoever connects can read, DELETE and TRUNCATE, and add nothing. It is writable again by
        itself within a minute after enough rows are gone.

        An upgrade lifts the limit:

        {letterhead.PublicUrl}/account/upgrade

        If you do not know where the rows come from, the address of the database may have fallen
        into wrong hands: destroy the database and create another one.
        """);
}
