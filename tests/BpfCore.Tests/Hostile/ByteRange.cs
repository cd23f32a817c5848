namespace BpfCore.Tests.Hostile;

/// <summary>A run of bytes of an input.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct ByteRange(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The same range of a section, counted from the start of the file.</summary>
    public ByteRange Behind(int sectionStart) => this with { Start = sectionStart + Start };
}
