using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.Audit;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>The audit log and the export (README, "Activity").</summary>
internal static class Audit
{
    /// <summary><c>GET /api/activity</c>.</summary>
    public static Task<IResult> List(
        HttpContext http, long? before, int? limit, ShowActivity show, CancellationToken stop) => show
        .Run(http.Caller(), before, limit, stop)
        .Answer(entries => Json.Data(entries.Select(ActivityReply.Of)));

    /// <summary><c>GET /api/export</c>: all there is about the account, the activity oldest first.</summary>
    public static async Task<IResult> Export(
        HttpContext http, ExportAccount export, ShowActivity show, CancellationToken stop)
    {
        var exported = await export.Run(http.Caller(), stop);
        if (!exported.Is(out var account, out var refusal)) return Errors.Answer(refusal);
        var activity = new List<ActivityReply>();
        for (long? before = null; before != 1;)
        {
            var page = await show.Run(http.Caller(), before, 1000, stop);
            if (!page.Is(out var entries, out refusal)) return Errors.Answer(refusal);
            if (entries.Count == 0) break;
            activity.AddRange(entries.Select(ActivityReply.Of));
            before = entries[^1].Entry.Sequence;
        }

        activity.Reverse();
        return Json.Data(ExportReply.Of(account, activity));
    }
}

/// <summary>
/// One event with every field that its hash is made of; where it came from is null once that was erased.
/// </summary>
internal sealed record ActivityReply(
    Guid AccountId,
    long Sequence,
    string At,
    string Event,
    string Subject,
    Guid? KeyId,
    string? Address,
    string? UserAgent,
    string? RequestId,
    string? Salt,
    string ContextHash,
    string PreviousHash,
    string Hash)
{
    public static ActivityReply Of(Activity activity) => new(
        activity.Entry.AccountId,
        activity.Entry.Sequence,
        activity.Entry.At.ToString(AuditEntry.TimeFormat, System.Globalization.CultureInfo.InvariantCulture),
        activity.Entry.Event,
        activity.Entry.Subject,
        activity.Entry.KeyId,
        activity.Context?.Address,
        activity.Context?.UserAgent,
        activity.Context?.RequestId,
        activity.Context is { } context ? Convert.ToHexStringLower(context.Salt) : null,
        Convert.ToHexStringLower(activity.Entry.ContextHash),
        Convert.ToHexStringLower(activity.Entry.PreviousHash),
        Convert.ToHexStringLower(activity.Entry.Hash));
}

/// <summary>Everything about an account, for its owner.</summary>
internal sealed record ExportReply(
    DateTime ExportedAt,
    Guid AccountId,
    string Email,
    string UserName,
    string Tier,
    long CreditNanos,
    DateTime CreatedAt,
    bool SecondFactor,
    IEnumerable<ListedKeyReply> ApiKeys,
    IEnumerable<SessionReply> Sessions,
    IEnumerable<SshKeyReply> SshKeys,
    IEnumerable<EmailChangeReply> EmailChanges,
    IReadOnlyList<ActivityReply> Activity)
{
    /// <summary>What opens it besides a password.</summary>
    public required IEnumerable<ExportedLogin> ExternalLogins { get; init; }

    /// <summary>The apps that the account owns.</summary>
    public required IEnumerable<ExportedApp> Apps { get; init; }

    /// <summary>The cards, the current one and those before it.</summary>
    public required IEnumerable<ExportedCard> PaymentMethods { get; init; }

    /// <summary>What was asked of them.</summary>
    public required IEnumerable<ExportedPayment> Payments { get; init; }

    /// <summary>What was booked.</summary>
    public required IEnumerable<ExportedPosting> Postings { get; init; }

    /// <summary>The invoices.</summary>
    public required IEnumerable<ExportedInvoice> Invoices { get; init; }

    /// <summary>What the platform was told, as it was told.</summary>
    public required IEnumerable<JsonElement> PlatformMessages { get; init; }

    public static ExportReply Of(AccountExport export, IReadOnlyList<ActivityReply> activity) => new(
        export.ExportedAt,
        export.Account.Id,
        export.Account.EmailSpelling,
        export.Account.UserName,
        export.Account.Tier == Domain.Tier.Free ? "FREE" : "STANDARD",
        export.Credits.Nanos,
        export.Account.CreatedAt,
        export.HasSecondFactor,
        export.ApiKeys.Select(Listed),
        export.Sessions.Select(SessionReply.Of),
        export.SshKeys.Select(SshKeyReply.Of),
        export.EmailChanges.Select(EmailChangeReply.Of),
        activity)
    {
        ExternalLogins = export.ExternalLogins.Select(ExportedLogin.Of),
        Apps = export.Apps.Select(ExportedApp.Of),
        PaymentMethods = export.PaymentMethods.Select(ExportedCard.Of),
        Payments = export.Payments.Select(ExportedPayment.Of),
        Postings = export.Postings.Select(ExportedPosting.Of),
        Invoices = export.Invoices.Select(ExportedInvoice.Of),
        PlatformMessages = export.PlatformMessages.Select(message => JsonElement.Parse(message.Body)),
    };

    private static ListedKeyReply Listed(ApiKey key) => new(
        key.Name,
        key.CreatedAt,
        key.LastUsedAt,
        key.ExpiresAt,
        new Scopes(key.ScopeNames).ToList(),
        Current: false,
        Key: null);
}

/// <summary>An app as the export tells it; of its variables the names.</summary>
internal sealed record ExportedApp(
    AppReply App,
    DateTime CreatedAt,
    IReadOnlyList<string> Domains,
    IEnumerable<DatabaseReply> Databases,
    IEnumerable<ExportedPerson> Permissions,
    IReadOnlyList<string> ConfigNames,
    IEnumerable<PodReply> Pods)
{
    public static ExportedApp Of(AppExport export) => new(
        AppReply.Of(export.App, AppRole.Owner),
        export.App.CreatedAt,
        export.Domains,
        export.Databases.Select(DatabaseReply.Of),
        export.People.Select(person => new ExportedPerson(
            person.EmailSpelling, AppReply.NameOf(person.Role), person.CreatedAt)),
        export.ConfigNames,
        export.Pods.Select(PodReply.Of));
}

/// <summary>Somebody who may work on an app, as the export tells it.</summary>
internal sealed record ExportedPerson(string Email, string Role, DateTime Since);

/// <summary>An identity at an OpenID provider, as the export tells it.</summary>
internal sealed record ExportedLogin(Guid Id, string Issuer, string Subject, string Email, DateTime LinkedAt)
{
    public static ExportedLogin Of(ExternalLogin login) =>
        new(login.Id, login.Issuer, login.Subject, login.EmailSpelling, login.CreatedAt);
}

/// <summary>A change of address as the export tells it.</summary>
internal sealed record EmailChangeReply(string Previous, string Next, DateTime RequestedAt, DateTime? ConfirmedAt)
{
    public static EmailChangeReply Of(EmailChange change) =>
        new(change.PreviousSpelling, change.NextSpelling, change.RequestedAt, change.ConfirmedAt);
}
