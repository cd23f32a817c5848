namespace BpfCore.Buffers;

/// <summary>What this process is to a ring buffer map.</summary>
internal enum MapRingSide
{
    /// <summary>It reads records, and moves the position up to which they are read.</summary>
    Consumer,

    /// <summary>It writes records, and moves the position up to which they are written.</summary>
    Producer,
}
