using Gatehouse.Domain;
using Gatehouse.Mail;
using Xunit;

namespace Gatehouse.Tests.Mail;

/// <summary>Mails as people read them, approved once (contract 4).</summary>
public sealed class MailTests
{
    private static readonly DateTime At = new(2027, 6, 15, 10, 0, 0, DateTimeKind.Utc);
    private static readonly Letterhead Letterhead = new("Gatehouse", "https://accounts.example.org", "", "#2f5d50");

    public static TheoryData<string> Messages =>
    [
        nameof(ConfirmAddressMail), nameof(AddressInUseMail), nameof(PasswordResetMail),
        nameof(ConfirmEmailChangeMail), nameof(RevokeEmailChangeMail), nameof(AccountClosedMail),
        nameof(AccessGrantedMail), nameof(ReceiptMail), nameof(RefundMail), nameof(ConfirmPaymentMail),
        nameof(InvoiceMail), nameof(InvoicePaidMail), "InvoiceUnpaidMail", "InvoiceUnpaidMail.Last",
        "InvoiceUnpaidMail.Closed", nameof(CreditsLowMail), nameof(CreditsUsedUpMail),
        nameof(DatabaseLimitedMail), "SpendCapMail.Near", "SpendCapMail.Refuse", "SpendCapMail.Suspend",
        .. Enum.GetNames<Notice>(),
    ];

    [Theory, MemberData(nameof(Messages))]
    public void Message_reads_as_approved(string name)
    {
        var (message, subject) = (Message(name), Message(name).Subject(Letterhead));
        var text = message.Text(Letterhead);
        Golden.Matches($"Mail/{name}.txt", $"Subject: {subject}\n\n{text}\n");
        Golden.Matches($"Mail/{name}.html", MailLayout.Html(subject, text, Letterhead) + "\n");
    }

    [Fact]
    public void Code_and_link_stand_alone_on_their_lines()
    {
        var lines = Message(nameof(ConfirmAddressMail)).Text(Letterhead).Split('\n');
        Assert.Contains("042137", lines);
        Assert.Contains("https://accounts.example.org/confirm?token=the-token", lines);
    }

    [Fact]
    public void Nothing_in_it_is_taken_for_HTML()
    {
        var letterhead = Letterhead with { Brand = "<script>A&B</script>", SupportAddress = "\"><img src=x>" };
        var message = new AddressInUseMail("<b>203.0.113.7</b>", At);
        var html = MailLayout.Html(message.Subject(letterhead), message.Text(letterhead), letterhead);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;203.0.113.7&lt;/b&gt;", html, StringComparison.Ordinal);
    }

    private static MailMessage Message(string name) => name switch
    {
        nameof(ConfirmAddressMail) => new ConfirmAddressMail(
            new Secret("042137"), new Secret("the-token"), "203.0.113.7", At),
        nameof(DatabaseLimitedMail) => new DatabaseLimitedMail("calculating-engine", 10_001, 10_000, At),
        nameof(AddressInUseMail) => new AddressInUseMail("203.0.113.7", At),
        nameof(PasswordResetMail) => new PasswordResetMail(new Secret("the-token"), "203.0.113.7", At),
        nameof(ConfirmEmailChangeMail) => new ConfirmEmailChangeMail(new Secret("the-token"), "203.0.113.7", At),
        nameof(RevokeEmailChangeMail) => new RevokeEmailChangeMail(
            new Secret("the-token"), "countess@example.org", "203.0.113.7", At),
        nameof(AccountClosedMail) => new AccountClosedMail(
            new Secret("the-token"), At.AddDays(14), "203.0.113.7", At),
        nameof(AccessGrantedMail) => new AccessGrantedMail(
            "ada@example.org", "real-hasty-fruitbat", AppRole.Collaborator, At),
        nameof(ReceiptMail) => new ReceiptMail(
            Money.FromCents(2500), Guid.Parse("01972f3a-0000-7000-8000-000000000001"), At),
        nameof(ConfirmPaymentMail) => new ConfirmPaymentMail(
            Money.FromCents(2500), InvoiceNumber: 7, "https://hooks.stripe.com/redirect/authenticate/src_1", At),
        nameof(RefundMail) => new RefundMail(
            Money.FromCents(500), Guid.Parse("01972f3a-0000-7000-8000-000000000001"), At),
        nameof(InvoiceMail) => AnInvoice(),
        nameof(InvoicePaidMail) => new InvoicePaidMail(42, At),
        "InvoiceUnpaidMail" => new InvoiceUnpaidMail(
            42, Money.FromCents(2500), "Your card was declined.", At.AddDays(1), At),
        "InvoiceUnpaidMail.Last" => new InvoiceUnpaidMail(
            42, Money.FromCents(2500), "Your card was declined.", null, At),
        "InvoiceUnpaidMail.Closed" => new InvoiceUnpaidMail(
            42, Money.FromCents(2500), "Your card was declined.", null, At)
        {
            IsClosed = true,
        },
        nameof(CreditsLowMail) => new CreditsLowMail(Money.FromCents(312), At.AddDays(2), At),
        nameof(CreditsUsedUpMail) => new CreditsUsedUpMail(At),
        "SpendCapMail.Near" => new SpendCapMail(Money.FromCents(5000), CapAction.Suspend, IsReached: false, At),
        "SpendCapMail.Refuse" => new SpendCapMail(Money.FromCents(5000), CapAction.Refuse, IsReached: true, At),
        "SpendCapMail.Suspend" => new SpendCapMail(Money.FromCents(5000), CapAction.Suspend, IsReached: true, At),
        "AccountDowngraded" or "AccountSuspended" or "AccountRestored" or "AccountRecovered" =>
            new NoticeMail(Enum.Parse<Notice>(name), From: "", At),
        _ => new NoticeMail(Enum.Parse<Notice>(name), "203.0.113.7", At, Left: 3),
    };

    private static InvoiceMail AnInvoice()
    {
        var (june, july) = (At.Date.ToSecond(), At.Date.AddMonths(1).ToSecond());
        var prices = new PriceBook(
        [
            new PriceVersion
            {
                Number = 1, StartsAt = 0, ReplicaMegabyteNanos = 50_000_000, Databases = "600=25.00",
            },
        ]);
        UsageInterval[] used =
        [
            Used("calculating-engine", Metered.Replica, 500, june),
            Used("calculating-engine", Metered.Database, 600, june),
            Used("real-hasty-fruitbat", Metered.Replica, 200, june - 86_400),
        ];
        var bill = Bill.Of(new Metering(At.Date, prices).Unbilled(used, july), prices);
        return new InvoiceMail(
            new Invoice
            {
                Number = 42,
                AccountId = Guid.Empty,
                StartsAt = june,
                EndsAt = july,
                IssuedAt = At.Date.AddMonths(1),
                TotalNanos = bill.Total.Nanos,
                DueNanos = bill.Total.Nanos - Money.FromCents(1000).Nanos,
                PrepaidNanos = 0,
                PreviousHash = [],
                Document = [],
                Hash = [],
            },
            bill);
    }

    private static UsageInterval Used(string app, Metered kind, int size, long from) => new()
    {
        Id = Guid.Empty,
        AccountId = Guid.Empty,
        AppId = Guid.Empty,
        AppName = app,
        Kind = kind,
        ResourceId = Guid.Empty,
        Quantity = 1,
        SizeMilli = size,
        StartsAt = from,
    };
}
