using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Gatehouse.Platform;

/// <summary>What an exception means to the outside, told without saying anything about the inside.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Sentence">For people.</param>
/// <param name="RetryAfter">When trying again makes sense.</param>
public sealed record Fault(int Status, string Sentence, TimeSpan? RetryAfter = null);

/// <summary>Tells faults of the client, outages of what we depend on, and our own mistakes apart.</summary>
public static class Faults
{
    private const int SqliteBusy = 5;
    private const int SqliteFull = 13;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>More requests at once than are answered at once.</summary>
    public static Fault Crowded { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "The server is busy. Please try again.", Soon);

    public static Fault Describe(Exception exception, string requestId) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new Fault(StatusCodes.Status413PayloadTooLarge, "The request is too large."),
        BadHttpRequestException bad => new Fault(bad.StatusCode, "The request cannot be read."),
        _ when IsOutage(exception) => new Fault(
            StatusCodes.Status503ServiceUnavailable, "The server cannot reach its database. Please try again.", Soon),
        _ => new Fault(
            StatusCodes.Status500InternalServerError, $"Something went wrong on our side. Reference: {requestId}."),
    };

    /// <summary>Says whether the database is out of reach, busy or full, rather than asked something wrong.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteFull,
        DbException { IsTransient: true } => true,
        TimeoutException or OperationCanceledException => true,
        { InnerException: { } inner } => IsOutage(inner),
        _ => exception is System.Net.Sockets.SocketException or IOException,
    };
}
