using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>A limit of the tier in words: which one, what is in use, what lifts it and what that costs.</summary>
public static class LimitText
{
    /// <summary>The whole of it in one or two sentences, for surfaces that show nothing but text.</summary>
    public static string Sentence(LimitInTheWay limit) => limit.LiftedBy is null
        ? Statement(limit)
        : $"{Statement(limit).TrimEnd('.')}: upgrade with account:upgrade.";

    /// <summary>The same without what to type, for pages, which have a button.</summary>
    public static string Statement(LimitInTheWay limit)
    {
        var allowed = $"{NameOf(limit.Tier)} allows {Amount(limit.What, limit.Most)}, and {InUse(limit)}.";
        if (limit.LiftedBy is not { } tier) return $"{allowed} No tier allows more.";
        var price = limit.PriceFrom is { } month ? $", from {Dollars(month)} a month" : "";
        return $"{allowed} {NameOf(tier)} allows {Amount(limit.What, limit.MostThere ?? 0)}{price}.";
    }

    /// <summary>A tier as people write it.</summary>
    public static string NameOf(Tier tier) => tier switch
    {
        Tier.Free => "FREE",
        Tier.Standard => "STANDARD",
    };

    /// <summary>What is counted, as clients read it.</summary>
    public static string NameOf(Limited what) => what switch
    {
        Limited.Apps => "apps",
        Limited.Replicas => "replicas",
        Limited.ReplicaSize => "size",
        Limited.Databases => "databases",
        Limited.PaidDatabases => "paid_databases",
        Limited.Collaborators => "collaborators",
        Limited.Domains => "domains",
    };

    /// <summary>An amount such as <c>$10.00</c>; fractions of a cent only where there are any.</summary>
    public static string Dollars(Money amount) =>
        amount.Dollars.ToString("$0.00#######", CultureInfo.InvariantCulture);

    /// <summary>An amount of what is counted, such as <c>1 app</c>.</summary>
    public static string Amount(Limited what, long number) => what switch
    {
        Limited.Apps => Count(number, "app"),
        Limited.Replicas => $"{Count(number, "replica")} an app",
        Limited.ReplicaSize => $"replicas of {new Size((int)number)} GB",
        Limited.Databases => Count(number, "database"),
        Limited.PaidDatabases => Count(number, "paid database"),
        Limited.Collaborators => $"{Count(number, "collaborator")} an app",
        Limited.Domains => $"{Count(number, "custom domain")} an app",
    };

    private static string InUse(LimitInTheWay limit) => limit.What switch
    {
        Limited.ReplicaSize => $"yours have {new Size((int)limit.InUse)} GB",
        _ when limit.InUse == 0 => "you have none",
        _ => $"you have {limit.InUse.ToString(CultureInfo.InvariantCulture)}",
    };

    private static string Count(long number, string thing) => number switch
    {
        0 => $"no {thing}s",
        1 => $"1 {thing}",
        _ => $"{number.ToString(CultureInfo.InvariantCulture)} {thing}s",
    };
}
