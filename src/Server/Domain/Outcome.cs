namespace Gatehouse.Domain;

/// <summary>
/// What an operation answers: a value, or a <see cref="Domain.Refusal"/>. Faults are exceptions instead.
/// </summary>
public readonly struct Outcome<T>
{
    private readonly T value;

    private Outcome(T value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    /// <summary>Why not; null when there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Says whether there is a value, and hands out whichever of the two there is.</summary>
    public bool Is(out T result, out Refusal refusal)
    {
        result = value;
        refusal = Refusal!;
        return Refusal is null;
    }

    /// <summary>Folds both sides into one answer; each surface ends with this call.</summary>
    public TAnswer Match<TAnswer>(Func<T, TAnswer> done, Func<Refusal, TAnswer> refused) =>
        Refusal is null ? done(value) : refused(Refusal);

    internal static Outcome<T> From(T value) => new(value, refusal: null);

    public static implicit operator Outcome<T>(T value) => new(value, refusal: null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default!, refusal);

    public static implicit operator Outcome<T>(Reason reason) => new(default!, new Refusal(reason));
}

/// <summary>Makes outcomes of what C# cannot convert by itself, which is interfaces.</summary>
public static class Outcome
{
    /// <summary>An outcome with a value.</summary>
    public static Outcome<T> Of<T>(T value) => Outcome<T>.From(value);
}

/// <summary>The value of an operation that has nothing to tell but that it was done.</summary>
public readonly record struct Done
{
    /// <summary>The only value there is.</summary>
    public static readonly Done It;
}

/// <summary>A refusal as a value: why, which input it is about, and what helps.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Field">The input it is about; null when it is about the whole request.</param>
/// <param name="RetryAfter">When trying again makes sense; null when it never does.</param>
/// <param name="Number">The number that the reason speaks of, such as the least length of a password.</param>
public sealed record Refusal(Reason Reason, Field? Field = null, TimeSpan? RetryAfter = null, long? Number = null)
{
    /// <summary>The limit of the tier that stands in the way, with what helps; null for other reasons.</summary>
    public LimitInTheWay? Limit { get; init; }

    /// <summary>What the reason speaks of, in words, such as the provider's sentence; null without any.</summary>
    public string? Text { get; init; }

    /// <summary>Where whoever was refused goes on; null where there is no such place.</summary>
    public string? Link { get; init; }
}
