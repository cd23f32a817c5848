namespace BpfGen.Types;

/// <summary>What an array holds.</summary>
internal enum ArrayContent
{
    /// <summary>Numbers, structures or arrays.</summary>
    Elements,

    /// <summary>Characters (<c>char[]</c>), which end with a zero byte or at the end of the array.</summary>
    Text,
}
