// What the cores allow: Argon2id of libsodium with 19 MiB and 2 passes, one thread a core; prints hashes a second.
using System.Diagnostics;
using System.Globalization;
using NSec.Cryptography;

var seconds = int.Parse(args[0], CultureInfo.InvariantCulture);
var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(
    new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 19_456, NumberOfPasses = 2 });
var (count, clock) = (0L, Stopwatch.StartNew());
var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
{
    while (clock.Elapsed.TotalSeconds < seconds)
    {
        algorithm.DeriveBytes("correct horse battery staple"u8, new byte[16], 32);
        Interlocked.Increment(ref count);
    }
})).ToList();
threads.ForEach(thread => thread.Start());
threads.ForEach(thread => thread.Join());
Console.WriteLine((count / clock.Elapsed.TotalSeconds).ToString("0.00", CultureInfo.InvariantCulture));
