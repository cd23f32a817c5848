namespace BpfCore.Tests.Hostile;

/// <summary>A run of bytes of an input.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct ByteRange(int Start, int Length)
{
    public int End => Start + Length;
}
