using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace BpfCore.Tests.Hostile;

/// <summary>Reads damaged inputs on all processors and holds each one against what is promised.</summary>
internal sealed class HostileRun
{
    private const long MemoryLimit = 64 << 20;
    private const int ReportedFailures = 20;
    private static readonly TimeSpan s_usualLimit = TimeSpan.FromMinutes(5);

    private readonly byte[] _image;
    private readonly Action<ReadOnlyMemory<byte>, Damage> _read;
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly ConcurrentDictionary<int, Damage> _current = [];
    private int _next = -1;

    private HostileRun(byte[] image, Action<ReadOnlyMemory<byte>, Damage> read)
    {
        _image = image;
        _read = read;
    }

    /// <summary>
    /// Applies each damage to the image and reads it. Every reading must end, in no exception that the reader does not
    /// take itself, and allocate at most 64 MB.
    /// </summary>
    /// <param name="image">The intact input.</param>
    /// <param name="damages">What is done to it.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="timeLimit">For all together; whatever reads longer is taken to hang.</param>
    /// <returns>How many inputs were read.</returns>
    public static int Read(
        byte[] image, IEnumerable<Damage> damages, Action<ReadOnlyMemory<byte>, Damage> read,
        TimeSpan? timeLimit = null)
    {
        TimeSpan limit = timeLimit ?? s_usualLimit;
        Damage[] all = [.. damages];
        HostileRun run = new(image, read);
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => run.Start(number, all))];

        Stopwatch time = Stopwatch.StartNew();
        foreach (Thread thread in threads)
        {
            TimeSpan left = limit - time.Elapsed;
            Assert.True(
                thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero),
                $"still reading after {limit}: {string.Join(", ", run._current.Values)}");
        }

        Assert.True(run._failures.IsEmpty, string.Join('\n', run._failures.Take(ReportedFailures)));
        return all.Length;
    }

    private Thread Start(int number, Damage[] all)
    {
        Thread thread = new(() => Work(number, all)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Work(int number, Damage[] all)
    {
        byte[] copy = [.. _image];
        for (int index = Interlocked.Increment(ref _next); index < all.Length; index = Interlocked.Increment(ref _next))
        {
            _current[number] = all[index];
            ReadOne(copy, all[index]);
        }

        _current.TryRemove(number, out _);
    }

    private void ReadOne(byte[] copy, Damage damage)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _read(damage.ApplyTo(copy), damage);
        }
        catch (Exception exception)
        {
            _failures.Enqueue($"{damage}: {exception}");
        }
        finally
        {
            damage.Undo(copy, _image);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MemoryLimit)
        {
            _failures.Enqueue($"{damage}: {allocated} bytes allocated");
        }
    }
}
