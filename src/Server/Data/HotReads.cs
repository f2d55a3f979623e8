using System.Data.Common;

namespace Gatehouse.Data;

/// <summary>
/// The few reads that are asked thousands of times a second, past the object mapper: what it needs to put a question
/// together is twenty times what the database needs to answer it (docs/decisions/0016). Their statements stay prepared.
/// </summary>
public abstract class HotReads
{
    private long asked;

    /// <summary>How many were asked since the start.</summary>
    public long Asked => Interlocked.Read(ref asked);

    /// <summary>The first row of the answer to a statement; null when there is none.</summary>
    /// <param name="statement">A constant; its parameters are $1, $2 and so on.</param>
    /// <param name="values">What stands for them.</param>
    /// <param name="read">Makes something of a row.</param>
    /// <param name="stop">Gives up.</param>
    public ValueTask<T?> First<T>(
        string statement, object[] values, Func<DbDataReader, T> read, CancellationToken stop)
        where T : class
    {
        Interlocked.Increment(ref asked);
        return Ask(statement, values, read, stop);
    }

    protected abstract ValueTask<T?> Ask<T>(
        string statement, object[] values, Func<DbDataReader, T> read, CancellationToken stop)
        where T : class;
}
