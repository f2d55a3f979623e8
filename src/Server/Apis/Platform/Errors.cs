using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Platform;

/// <summary>The error envelope (README, "Errors"): problem details (RFC 9457).</summary>
internal static class Errors
{
    public const string ContentType = "application/problem+json";

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>How this surface answers a refusal.</summary>
    public static IResult Answer(Refusal refusal)
    {
        var (status, title) = Say(refusal.Reason);
        return new ProblemResult(new Problem(status, title, refusal.Text), refusal.RetryAfter);
    }

    /// <summary>Writes what no endpoint answered.</summary>
    public static Task Write(HttpContext http, Fault fault) =>
        new ProblemResult(new Problem(fault.Status, fault.Sentence), fault.RetryAfter).ExecuteAsync(http);

    /// <summary>All that no report can meet is one more fault of ours.</summary>
    private static (int Status, string Title) Say(Reason reason) => reason switch
    {
        Reason.NotLoggedIn => (401, "A service key is needed."),
        Reason.NotFound => (404, "There is no such app."),
        Reason.MalformedRequest => (400, "The body is not a JSON object."),
        Reason.Required or Reason.InvalidFormat or Reason.OutOfRange => (422, "The report is not what it should be."),
        Reason.TooManyAttempts => (429, "Too many unknown keys came from this address."),
        Reason.Busy => (503, "The server is busy."),
        Reason.TooShort or Reason.TooLong or Reason.TooCommon or Reason.SameAsIdentity or Reason.Taken
            or Reason.InvalidToken or Reason.Expired or Reason.WrongCredentials or Reason.WrongPassword
            or Reason.Mismatch or Reason.FactorRequired or Reason.FactorWrong or Reason.FactorClosed
            or Reason.AlreadyActive or Reason.NotActive or Reason.LoginTooOld or Reason.ScopeMissing
            or Reason.LimitReached or Reason.NotConfirmed or Reason.TokenMalformed or Reason.TokenAlgorithm
            or Reason.TokenSignature or Reason.TokenRevoked or Reason.AccountDisabled or Reason.AlreadyUpgraded
            or Reason.CardRequired or Reason.CardDeclined or Reason.PaymentPending or Reason.InsufficientCredits
            or Reason.TierLimit or Reason.NotInTier or Reason.RoleMissing or Reason.Suspended
            or Reason.SpendCapReached or Reason.AppsLeft or Reason.RequestKeyReused or Reason.ProviderUnavailable
            or Reason.ProviderDenied or Reason.IdentityRefused or Reason.ClocksDiffer or Reason.AddressNotProven
            or Reason.AlreadyLinked or Reason.NotFinished or Reason.LastWayIn or Reason.NotOffered
            or Reason.Ambiguous or Reason.PasswordClosed
            or Reason.PaymentToConfirm or Reason.NotAvailable => (500, "The request cannot be answered."),
    };

    /// <summary>An answer in the envelope, with the time to come back where there is one.</summary>
    private sealed class ProblemResult(Problem problem, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = problem.Status;
            if (problem.Status == 401) response.Headers.WWWAuthenticate = "Bearer realm=\"platform\"";
            if (retryAfter is { } wait)
                response.Headers.RetryAfter = $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}";
            return response.WriteAsJsonAsync(problem, Written, ContentType, httpContext.RequestAborted);
        }
    }
}

/// <summary>The body of every answer that is not a success.</summary>
/// <param name="Status">The same as the answer's.</param>
/// <param name="Title">What is wrong, in a sentence.</param>
/// <param name="Detail">With which field; missing where none is meant.</param>
internal sealed record Problem(int Status, string Title, string? Detail = null);
